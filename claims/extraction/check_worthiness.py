"""How much a fact-checker would want to look at a claim, from 0 to 1, to sort an inbox by.

Figures, dates, comparisons and causes make a claim checkable; feelings and greetings do not. The
weights follow what ClaimBuster (Hassan et al., 2017) found to matter most: numbers, and the past
tense of what has happened over what somebody wishes.
"""

import re

from spacy.tokens import Doc

BY_KIND = {"fact": 0.45, "prediction": 0.4, "commitment": 0.35, "demand": 0.15, "opinion": 0.15}
FIGURE = re.compile(r"\d")
SHARE = re.compile(r"%|pour cent|moitié|tiers|quart|milliards?|millions?|euros?|dollars?|€|\$")
COMPARISON = re.compile(
    r"\b(?:plus|moins|jamais|record|premier|hausse|baisse|double|triple)\b", re.IGNORECASE
)


def check_worthiness(doc: Doc, content: tuple[tuple[int, int], ...], kind: str) -> float:
    """From the kind of claim, its figures, names and comparisons."""
    text = " ".join(doc[start:end].text for start, end in content)
    value = BY_KIND[kind]
    value += 0.2 * bool(FIGURE.search(text))
    value += 0.1 * bool(SHARE.search(text))
    value += 0.1 * bool(COMPARISON.search(text))
    value += 0.1 * any(t.ent_type_ for start, end in content for t in doc[start:end])
    value -= 0.15 * (len(text.split()) < 4)
    return round(min(max(value, 0.0), 1.0), 2)
