"""When the words were said: the date in the clause of the cue, or of the occasion it refers to."""

import re
from collections.abc import Sequence

from spacy.tokens import Doc

from claims.extraction.attribution import Attribution
from claims.extraction.said_on import day_named, said_on
from claims.extraction.sentences import sentence_of

OCCASION = re.compile(
    r"\b(?:après|à l['’]issue|au terme|au sortir|en marge|lors|au cours|pendant|durant|devant)\b"
    r"[^,.;:]{0,30}?\b(?:rencontre|réunion|sommet|entretien|audience|audition|débat|conférence|"
    r"séance|procès|visite|pourparlers|négociations?|discussions?|assemblée|congrès)\b",
    re.IGNORECASE,
)
REACH = 8  # sentences back, line breaks counted


def dates_said(doc: Doc, attributions: Sequence[Attribution]) -> list[str | None]:
    """When the words of each attribution were said, where the text tells."""
    claimed = {i for a in attributions for start, end in a.content for i in range(start, end)}
    dates: list[str | None] = []
    for i, attribution in enumerate(attributions):
        found = _date_said(doc, attribution, claimed)
        before = attributions[i - 1] if i else None
        if found is None and before is not None and _share_source(before, attribution):
            found = dates[-1]
        dates.append(found)
    return dates


def _share_source(a: Attribution, b: Attribution) -> bool:
    """Whether one mention is the source of both: "Mardi, le maire a dit … et ajouté …"."""
    return a.source is not None and a.source == b.source


def _date_said(doc: Doc, attribution: Attribution, claimed: set[int]) -> str | None:
    cue = attribution.cue
    sentence = sentence_of(doc, cue.head if cue else attribution.start)
    tokens = doc[sentence.start : sentence.end]
    clause = "".join(t.text_with_ws for t in tokens if t.i not in claimed)
    found = said_on(clause, doc._.published_on)
    if found or cue is None:
        return found
    return _date_of_occasion(doc, clause, sentence.start)


def _date_of_occasion(doc: Doc, clause: str, at: int) -> str | None:
    """The day of the occasion that `clause` refers to ("S'exprimant après la rencontre"), if one of
    the sentences before token `at` names a day and month."""
    if not OCCASION.search(clause):
        return None
    for _ in range(REACH):
        if at == 0:
            break
        sentence = sentence_of(doc, at - 1)
        text = doc[sentence.start : sentence.end].text
        if day_named(text):
            return said_on(text, doc._.published_on)
        at = sentence.start
    return None
