"""How much a fact-checker would want to look at what somebody said, from 0 to 1: sorts an inbox.

Figures, comparisons and public matters make a claim checkable; feelings and greetings do not. The
weights follow what ClaimBuster (Hassan et al., 2017) found to matter most: numbers, and what has
happened over what somebody wishes. For the paper's own sentences it is the chance that an annotator
took such a one for a checkable fact (`narration`).
"""

from functools import cache

from spacy.tokens import Doc

from claims.extraction.lexicon import load

BY_KIND = {"fact": 0.4, "prediction": 0.35, "commitment": 0.3, "demand": 0.1, "opinion": 0.1}
FIGURE = 0.2
WORDS = {"quantities": 0.1, "comparisons": 0.1, "stakes": 0.1}
NAME = 0.1
SHORT = 4  # words: fewer say little that can be checked
TOO_SHORT = -0.15


def check_worthiness(doc: Doc, content: tuple[tuple[int, int], ...], kind: str) -> float:
    """From the kind of claim, its figures, its words and the names in it."""
    tokens = [token for start, end in content for token in doc[start:end]]
    words = {token.lower_ for token in tokens}
    value = BY_KIND[kind]
    value += FIGURE * any(word[0].isdigit() for word in words)
    value += sum(weight for name, weight in WORDS.items() if words & _lexicon(name))
    value += NAME * any(token.ent_type_ for token in tokens)
    value += TOO_SHORT * (sum(token.is_alpha for token in tokens) < SHORT)
    return round(min(max(value, 0.0), 1.0), 2)


@cache
def _lexicon(name: str) -> frozenset[str]:
    return frozenset(load("check_worthiness")[name].split())
