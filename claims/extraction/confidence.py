"""How sure a rule is of a claim, from 0 to 1."""

from claims.extraction.attribution import Attribution
from claims.extraction.cast import Speaker

BY_FRAME = {
    "inserted": 0.95, "que": 0.9, "phrase": 0.9, "quote": 0.9, "inf": 0.75, "object": 0.7,
    "after": 0.7, "np": 0.6, "quotation": 0.6,
}  # fmt: skip


def confidence(attribution: Attribution, speaker: Speaker) -> float:
    """By the complement that holds the content, less where the speaker is not sure."""
    value = BY_FRAME.get(attribution.frame, 0.5)
    if speaker.name is None:
        value -= 0.15
    elif len(speaker.candidates) > 1:
        value -= 0.1
    return round(value, 2)
