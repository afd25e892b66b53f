"""Which claims are looked at for a text: those with its rare words, or with two that are less rare.

However large the record is, about a thousand: rare words are wanted alone, commoner ones together
with another, as long as what they bring stays within a bound.
"""

from collections.abc import Iterator, Sequence

from claims.retrieval.words import Word

ALONE = 600  # claims that words bring alone, as far as their shares foretell
TOGETHER = 400  # claims that two words bring together
SCANNED = 50_000  # entries of the index
NEAR = 6  # of the words, the rarest, for which others that mean the same are looked for
NEARLY = 200  # claims that these bring, together with another word
NEARLY_SCANNED = 20_000


def reach(words: Sequence[Word]) -> list[str]:
    """The queries (tsquery) of which a claim has to match one; ``words`` the rarest first.

    None for words that are all very common in a very large record.
    """
    if not words:
        return []
    alone, left = [], ALONE
    for word in words:
        if word.claims > left:
            break
        alone.append(word)
        left -= word.claims
    queries = [either(alone)] if alone else []
    scanned, left = 0, TOGETHER
    common = words[len(alone) :]
    for place, word in enumerate(common):
        scanned += word.claims
        if scanned > SCANNED:
            break
        beside = []
        for other in common[place + 1 :]:
            both = word.claims * other.share
            if both > left:
                break
            beside.append(other)
            left -= both
        if beside:
            queries.append(f"({either([word])}) & ({either(beside)})")
    if not queries and words[0].claims <= SCANNED:
        queries = [" & ".join(f"({either([word])})" for word in words)]
    return [*queries, *_nearly(words)]


def _nearly(words: Sequence[Word]) -> Iterator[str]:
    """The queries for what means the same as a rare word, beside another or what means the same
    as that."""
    scanned, left = 0, NEARLY
    for place, word in enumerate(words[:NEAR]):
        if word.near is None or scanned + word.near.claims > NEARLY_SCANNED:
            continue
        beside = []
        others = [other for other in words if other is not word]
        others += [other.near for other in words[place + 1 : NEAR] if other.near]
        for other in sorted(others, key=lambda other: other.share):
            both = word.near.claims * other.share
            if both > left:
                break
            beside.append(other)
            left -= both
        if beside:
            scanned += word.near.claims
            yield f"({either([word.near])}) & ({either(beside)})"


def either(words: Sequence[Word]) -> str:
    """The query for any of the words."""
    return " | ".join(quoted(stem) for word in words for stem in word.stems)


def quoted(stem: str) -> str:
    r"""A stem as a query has it: ``aujourd'hui`` is ``'aujourd''hui'``."""
    escaped = stem.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
