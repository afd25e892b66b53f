"""What the words of a sentence say of proceedings, for an editor to decide on."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from claims.models import Claim
from claims.redaction.words import plain

LEXICON = Path(__file__).parent / "fr.txt"


@dataclass(frozen=True)
class Accusing:
    """The words that say it, and the stage of the law they tell of."""

    said: str
    state: Claim.Proceedings


def accusing(sentence: str) -> Accusing | None:
    """The furthest stage that words of the sentence tell of; None if it accuses nobody."""
    folded = plain(sentence)
    if len(folded) != len(sentence):  # Written with accents apart: the words are told as folded.
        sentence = folded
    for state, words in _lexicon():
        if match := words.search(folded):
            return Accusing(sentence[match.start() : match.end()], state)
    return None


@cache
def _lexicon() -> list[tuple[Claim.Proceedings, re.Pattern]]:
    """The furthest first."""
    phrases: dict[str, list[str]] = {}
    for line in LEXICON.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            state, phrase = line.split("\t")
            phrases.setdefault(state, []).append(re.escape(plain(phrase)).replace(r"\*", r"\w*"))
    return [
        (Claim.Proceedings(state), re.compile(rf"(?<!\w)(?:{'|'.join(some)})(?!\w)", re.IGNORECASE))
        for state, some in phrases.items()
    ]
