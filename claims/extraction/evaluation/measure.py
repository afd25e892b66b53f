"""Score predicted claims against gold ones.

A predicted claim finds a gold claim where their contents share at least half of the word characters
of their union (intersection over union ≥ 0.5); pairs are one to one, the best first.

    attributed  precision, recall and F1 over the claims somebody is cited for
    exact       the same, where a pair also needs the very same words
    speaker     the same, where a pair also needs the right speaker: the headline figure
    narrated    F1 over the claims in the paper's own voice
    parts       F1 over the atomic propositions of compound claims
    accuracy    over the pairs found: speaker, source, cue, quotation, kind, said_on
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

THRESHOLD = 0.5
TITLES = re.compile(
    r"^(m|mm|mme|mmes|mlle|dr|me|pr|monsieur|madame|le|la|les|l|un|une|des|certains|certaines"
    r"|plusieurs)\b[ .'’]*"
)
ROLES = ("source", "cue")
FIELDS = ("quotation", "kind", "said_on")


@dataclass
class Tally:
    """Hits over what was expected and what was offered."""

    hits: int = 0
    expected: int = 0
    offered: int = 0

    def add(self, hits: int, expected: int, offered: int) -> None:
        self.hits += hits
        self.expected += expected
        self.offered += offered

    def figures(self) -> dict:
        """Precision, recall and F1 from 0 to 1, and the counts behind them."""
        precision = self.hits / self.offered if self.offered else 0.0
        recall = self.hits / self.expected if self.expected else 0.0
        both = precision + recall
        return {
            "p": round(precision, 4),
            "r": round(recall, 4),
            "f1": round(2 * precision * recall / both if both else 0.0, 4),
            "gold": self.expected,
            "predicted": self.offered,
        }


def measure(articles: Iterable[tuple[dict, dict]]) -> dict:
    """The figures over (gold record, predicted record) pairs of the same texts."""
    tallies = {name: Tally() for name in ("attributed", "exact", "speaker", "narrated", "parts")}
    right = dict.fromkeys(("speaker", *ROLES, *FIELDS), 0)
    found = count = 0
    for gold, predicted in articles:
        count += 1
        text = gold["text"]
        if predicted.get("text", text) != text:
            raise ValueError(f"{gold.get('id')}: the prediction is of another text")
        gold_said, gold_own = _by_voice(gold["claims"])
        said, own = _by_voice(predicted["claims"])
        pairs = pair(text, gold_said, said)
        found += len(pairs)
        sizes = len(gold_said), len(said)
        spoken = sum(same_speaker(a, b) for a, b, _ in pairs)
        tallies["attributed"].add(len(pairs), *sizes)
        tallies["exact"].add(sum(value == 1.0 for _, _, value in pairs), *sizes)
        tallies["speaker"].add(spoken, *sizes)
        tallies["narrated"].add(len(pair(text, gold_own, own)), len(gold_own), len(own))
        right["speaker"] += spoken
        for a, b, _ in pairs:
            for role in ROLES:
                right[role] += _same_place(text, a[role], b.get(role))
            for field in FIELDS:
                right[field] += a[field] == b.get(field)
            if "parts" in a:
                tallies["parts"].add(*_parts(text, a["parts"], b.get("parts") or ()))
    result = {name: tally.figures() for name, tally in tallies.items()}
    accuracy = {key: round(value / found, 4) if found else 0.0 for key, value in right.items()}
    return result | {"accuracy": accuracy, "articles": count}


def pair(text: str, gold: list[dict], predicted: list[dict]) -> list[tuple[dict, dict, float]]:
    """One-to-one pairs whose contents overlap by `THRESHOLD`, the best first."""
    gold_words = [words(text, claim["content"]) for claim in gold]
    predicted_words = [words(text, claim["content"]) for claim in predicted]
    overlaps = sorted(
        (
            (overlap(a, b), i, j)
            for i, a in enumerate(gold_words)
            for j, b in enumerate(predicted_words)
        ),
        reverse=True,
    )
    pairs, used_gold, used_predicted = [], set(), set()
    for value, i, j in overlaps:
        if value < THRESHOLD or i in used_gold or j in used_predicted:
            continue
        used_gold.add(i)
        used_predicted.add(j)
        pairs.append((gold[i], predicted[j], value))
    return pairs


def words(text: str, spans) -> set[int]:
    """The positions in `spans` that hold a letter or a digit."""
    return {i for start, end in spans or () for i in range(start, end) if text[i].isalnum()}


def overlap(a: set[int], b: set[int]) -> float:
    """Intersection over union, 0 where either is empty."""
    return len(a & b) / len(a | b) if a and b else 0.0


def fold(name: str | None) -> str:
    """A name without case, accents, punctuation and leading titles or articles."""
    if not name:
        return ""
    name = unicodedata.normalize("NFKD", name.casefold())
    name = "".join(c for c in name if not unicodedata.combining(c)).replace("’", "'")
    previous = None
    while previous != name:
        previous, name = name, TITLES.sub("", name.strip())
    return " ".join(re.findall(r"\w+", name))


def same_speaker(gold: dict, predicted: dict) -> bool:
    return fold(gold["speaker"]) == fold(predicted.get("speaker"))


def _by_voice(claims: list[dict]) -> tuple[list[dict], list[dict]]:
    """The claims somebody is cited for, and those in the paper's own voice."""
    said = [claim for claim in claims if claim.get("speaker_kind") != "narrator"]
    own = [claim for claim in claims if claim.get("speaker_kind") == "narrator"]
    return said, own


def _same_place(text: str, a, b) -> bool:
    x, y = words(text, [a] if a else []), words(text, [b] if b else [])
    return (not x and not y) or overlap(x, y) >= THRESHOLD


def _parts(text: str, gold, predicted) -> tuple[int, int, int]:
    a = [{"content": [span]} for span in gold]
    b = [{"content": [span]} for span in predicted]
    return len(pair(text, a, b)), len(a), len(b)
