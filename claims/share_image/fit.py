"""Words that fit into a box: of any text, in bounded time."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from itertools import groupby

from PIL import ImageFont

from claims.share_image import fonts
from claims.templatetags.pages import typeset

# More than the largest box holds at its smallest size; of more code points nothing is looked at.
MOST_READ, MOST_SHOWN = 4000, 800
LONGEST_WORD = 50  # characters
ELLIPSIS = "…"
UNKNOWN = "[…]"
REPEATED = re.compile(r"\[…\](?:\s*\[…\])+")
NARROW_SPACE, THIN_SPACE = "\u202f", "\u2009"


def showable(text: str) -> str:
    """Text the fonts can show, on one line.

    Controls, stray accents and pictures are left out; words in a script they do not have become
    "[…]". No line breaks between a French sign and its word.
    """
    composed = unicodedata.normalize("NFC", text[:MOST_READ]).replace(NARROW_SPACE, THIN_SPACE)
    shown = []
    for known, run in groupby(composed, _fate):
        if known == "shown":
            shown.extend(run)
        elif known in ("space", "unknown"):
            shown.append(" " if known == "space" else UNKNOWN)
    words = REPEATED.sub(UNKNOWN, "".join(shown)).split(" ")
    line = typeset(" ".join(filter(None, words)))
    return line if len(line) <= MOST_SHOWN else line[:MOST_SHOWN] + ELLIPSIS


def _fate(character: str) -> str:
    category = unicodedata.category(character)
    if character.isspace() and character not in ("\u00a0", THIN_SPACE):
        return "space"
    if category[0] in "CM":
        return "left out"
    if fonts.has(character):
        return "shown"
    return "unknown" if category[0] in "LN" else "left out"


class Ruler:
    """Measures what is set in one font, each word once. Kerning across spaces is none."""

    def __init__(self, font: ImageFont.FreeTypeFont):
        self.measured = cache(font.getlength)
        self.space = font.getlength(" ")

    def of(self, word: str) -> float:
        """Its width in pixels; that of what is no word, letter by letter."""
        if len(word) > LONGEST_WORD:
            return sum(map(self.measured, word))
        return self.measured(word)

    def most(self, word: str, width: float) -> int:
        """How many of its first characters fit, one at least."""
        for place, character in enumerate(word):
            width -= self.measured(character)
            if width < 0:
                return max(place, 1)
        return len(word)

    def line(self, text: str) -> float:
        words = text.split(" ")
        return sum(map(self.of, words)) + self.space * (len(words) - 1)


def wrap(text: str, ruler: Ruler, width: float) -> list[str]:
    """Lines no wider than ``width``, broken at spaces, or within a word that is wider itself."""
    lines, line, used = [], [], 0.0
    for word in text.split(" "):
        if line and used + ruler.space + ruler.of(word) <= width:
            line.append(word)
            used += ruler.space + ruler.of(word)
            continue
        if line:
            lines.append(" ".join(line))
        while ruler.of(word) > width and len(word) > 1:
            fitting = ruler.most(word, width)
            lines.append(word[:fitting])
            word = word[fitting:]
        line, used = [word], ruler.of(word)
    return [*lines, " ".join(line)]


def cut(text: str, font: ImageFont.FreeTypeFont, width: float) -> str:
    """One line: whole, or cut at a word."""
    ruler = Ruler(font)
    lines = wrap(text, ruler, width)
    return text if len(lines) == 1 else _with_ellipsis(lines[0], ruler, width)


def _with_ellipsis(line: str, ruler: Ruler, width: float) -> str:
    room = width - ruler.of(ELLIPSIS)
    while " " in line and ruler.line(line) > room:
        line = line.rpartition(" ")[0]
    if ruler.line(line) > room:
        line = line[: ruler.most(line, room)]
    return line.rstrip(" ,;:.…\u00a0\u2009«(") + ELLIPSIS


def fit(
    text: str,
    sizes: Sequence[int],
    width: int,
    height: int,
    font_at: Callable[[int], ImageFont.FreeTypeFont],
    leading: float,
) -> tuple[list[str], int]:
    """The lines of a text and the largest of ``sizes`` at which they fill no more than the box; at
    the smallest, they are cut. ``leading`` is the height of a line for each pixel of size."""
    for size in sizes:
        ruler, room = Ruler(font_at(size)), int(height / (size * leading))
        lines = wrap(text, ruler, width)
        if len(lines) <= room:
            return _even(text, lines, ruler, width), size
    return [*lines[: room - 1], _with_ellipsis(lines[room - 1], ruler, width)], size


def _even(text: str, lines: list[str], ruler: Ruler, width: int) -> list[str]:
    """As many lines, of nearly the same length: no word is left alone in the last one."""
    narrow, wide = width // 2, width
    while wide - narrow > 8:
        middle = (narrow + wide) // 2
        evener = wrap(text, ruler, middle)
        if len(evener) > len(lines):
            narrow = middle
        else:
            wide, lines = middle, evener
    return lines
