"""Where a passage of one text is found in another, after W3C Web Annotation.

It is found by its exact words; if they stand there several times, by what stood before and after
it. Kinds of spaces, quotation marks and apostrophes make no difference; anything else does.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

CONTEXT = 32  # characters before and after that tell several places apart

QUOTES = '"«»“”„‟‹›'
APOSTROPHES = "’‘ʼ‛"
# A plain space between words is no variant: there are many.
VARIANTS = re.compile(rf"(?: (?=[\s{QUOTES}])|[^\S ]|[{QUOTES}])[\s{QUOTES}]*|[{APOSTROPHES}]")


class Fate(TextChoices):
    """What became of a passage: it stands in the text once, not at all, or several times."""

    KEPT = "kept", _("still there")
    GONE = "gone", _("no longer there")
    AMBIGUOUS = "ambiguous", _("there more than once")


@dataclass(frozen=True)
class Whereabouts:
    """The fate of a passage and, if it was kept, its place: code points, end-exclusive."""

    fate: Fate
    place: tuple[int, int] | None = None


class Folded:
    """A text without its typographic variants, that knows where each character came from."""

    def __init__(self, text: str):
        pieces, self._folded, self._original = [], [0], [0]
        length = last = 0
        for variant in VARIANTS.finditer(text):
            start, end = variant.span()
            pieces.append(text[last:start])
            length += start - last
            for at, character in _plain(variant.group()):
                self._note(length, start + at)
                pieces.append(character)
                length += 1
            self._note(length, end)
            last = end
        pieces.append(text[last:])
        self.text = "".join(pieces)

    def _note(self, folded: int, original: int) -> None:
        """Remember where the distance between the two texts changes."""
        if original - folded != self._original[-1] - self._folded[-1]:
            self._folded.append(folded)
            self._original.append(original)

    def original(self, at: int) -> int:
        """Where the character at ``at`` came from."""
        noted = bisect_right(self._folded, at) - 1
        return self._original[noted] + at - self._folded[noted]

    def places(self, words: str) -> list[int]:
        """Where ``words`` begin: the first two places are enough to know."""
        first = self.text.find(words)
        second = self.text.find(words, first + 1) if first >= 0 else -1
        return [at for at in (first, second) if at >= 0]


def _plain(variant: str) -> list[tuple[int, str]]:
    """The characters that stand for a variant, each with its offset in it.

    A space beside a quotation mark belongs to it: « oui » is "oui".
    """
    if variant.isspace():
        return [(0, " ")]
    if variant in APOSTROPHES:
        return [(0, "'")]
    return [(at, '"') for at, character in enumerate(variant) if character in QUOTES]


def whereabouts(passage: str, before: str, after: str, text: str | Folded) -> Whereabouts:
    """Where ``passage``, which stood between ``before`` and ``after``, is in ``text``."""
    text = text if isinstance(text, Folded) else Folded(text)
    passage, before, after = passage.strip(), before.lstrip(), after.rstrip()
    words = Folded(passage).text
    places = text.places(words)
    if len(places) > 1:
        places = _told_apart(passage, before, after, text) or places
    if len(places) == 1:
        start = places[0]
        last = text.original(start + len(words) - 1)
        return Whereabouts(Fate.KEPT, (text.original(start), last + 1))
    return Whereabouts(Fate.AMBIGUOUS if places else Fate.GONE)


def _told_apart(passage: str, before: str, after: str, text: Folded) -> list[int]:
    """The places that what stood on both sides speaks for; else those that one side speaks for."""
    led = Folded(before + passage).text
    lead = len(led) - len(Folded(passage).text)
    if both := text.places(Folded(before + passage + after).text):
        return [at + lead for at in both]
    left = {at + lead for at in text.places(led)}
    return sorted(left | set(text.places(Folded(passage + after).text)))
