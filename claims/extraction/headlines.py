"""Headlines and crossheads: what they say is said again below them."""

from spacy.tokens import Doc

LONGEST = 30  # tokens


def headlines(doc: Doc) -> list[tuple[int, int]]:
    """Token bounds of the paragraphs that are headlines: short, no stop, text to follow."""
    found = []
    bounds = doc._.paragraphs
    for i, (start, end) in enumerate(bounds):
        last = doc[end - 1].text
        closes = last in {".", "…", "!", ":", ";", ","} or (
            last in {"»", '"', "”"} and doc[end - 2].text in {".", "!", "?", "…"}
        )
        if i + 1 < len(bounds) and end - start <= LONGEST and not closes:
            longest = max(stop - begin for begin, stop in bounds[i + 1 :])
            if longest > end - start:
                found.append((start, end))
    return found
