"""How sure the extractor is of a claim, from 0 to 1."""

from claims.extraction.attribution import Attribution
from claims.extraction.cast import Speaker


def confidence(attribution: Attribution, speaker: Speaker) -> float:
    """The probability that it is a claim, less where the speaker is not sure."""
    value = attribution.probability
    if speaker.name is None:
        value -= 0.15
    elif len(speaker.candidates) > 1:
        value -= 0.1
    return round(max(value, 0.0), 2)
