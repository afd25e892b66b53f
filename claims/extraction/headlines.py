"""Headlines and crossheads: what they say is said again below them."""

from spacy.tokens import Doc

LONGEST = 30  # tokens


def headlines(doc: Doc) -> list[tuple[int, int]]:
    """Token bounds of the paragraphs that are headlines: short, no stop, text to follow."""
    found = []
    bounds = doc._.paragraphs
    longest = 0  # of the paragraphs below
    for start, end in reversed(bounds):
        below, longest = longest, max(longest, end - start)
        last = doc[end - 1].text
        closes = last in {".", "…", "!", ":", ";", ","} or (
            last in {"»", '"', "”"} and doc[end - 2].text in {".", "!", "?", "…"}
        )
        if end - start <= LONGEST and not closes and below > end - start:
            found.append((start, end))
    return found[::-1]
