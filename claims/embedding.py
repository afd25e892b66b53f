"""What another site puts into its page to show a card of ours."""

from dataclasses import dataclass
from math import ceil

from django.template.defaultfilters import capfirst, truncatechars
from django.utils.html import format_html

WIDTH = 600  # pixels, where there is room
# As the card is set (templates/claims/card.html), in pixels; generous, since fonts differ.
PADDING, LETTER, SMALL_LETTER, LINE, AROUND = 45, 11.5, 8.5, 28, 165
BESIDE = (65, 58)  # letters of the name with its position, and of the link
MOST_WORDS = 300  # characters of a claim a card shows


def one_line(words: str) -> str:
    """Words that are no longer than a card shows them."""
    return truncatechars(capfirst(" ".join(words.split())), MOST_WORDS)


@dataclass(frozen=True)
class Frame:
    """A frame for the card at ``address``, called ``title``, so large."""

    address: str
    title: str
    width: int
    height: int

    @classmethod
    def around(
        cls,
        address: str,
        title: str,
        words: str,
        max_width: int | None = None,
        max_height: int | None = None,
    ) -> "Frame":
        """One with room for a card of these ``words``, within limits: there the card scrolls."""
        width = min(WIDTH, max_width or WIDTH)
        room = max(width - PADDING, LETTER)
        lines = ceil(min(len(words), MOST_WORDS) * LETTER / room)
        lines += sum(ceil(letters * SMALL_LETTER / room) for letters in BESIDE)
        height = AROUND + LINE * lines
        return cls(address, title, width, min(height, max_height or height))

    @property
    def html(self) -> str:
        """It needs nothing of the page around it but to open links."""
        return format_html(
            '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy"'
            ' sandbox="allow-popups allow-popups-to-escape-sandbox"'
            ' style="max-width:100%;border:0"></iframe>',
            self.address,
            self.title,
            self.width,
            self.height,
        )
