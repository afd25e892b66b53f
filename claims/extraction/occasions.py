"""Words said on an occasion the article dated before: "S'exprimant après la rencontre …"."""

import re

from spacy.tokens import Doc

from claims.extraction.said_on import day_named, said_on
from claims.extraction.sentences import sentence_of

OCCASION = re.compile(
    r"\b(?:après|à l['’]issue|au terme|au sortir|en marge|lors|au cours|pendant|durant|devant)\b"
    r"[^,.;:]{0,30}?\b(?:rencontre|réunion|sommet|entretien|audience|audition|débat|conférence|"
    r"séance|procès|visite|pourparlers|négociations?|discussions?|assemblée|congrès)\b",
    re.IGNORECASE,
)
REACH = 8  # sentences back, line breaks counted


def date_of_occasion(doc: Doc, clause: str, before: int) -> str | None:
    """The day of the occasion that `clause` refers to, if one of the sentences before token
    `before` names it with day and month."""
    if not OCCASION.search(clause):
        return None
    at = sentence_of(doc, before).start
    for _ in range(REACH):
        if at == 0:
            break
        sentence = sentence_of(doc, at - 1)
        text = doc[sentence.start : sentence.end].text
        if day_named(text):
            return said_on(text, doc._.published_on)
        at = sentence.start
    return None
