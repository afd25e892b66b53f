"""Parts of Source Serif and Source Sans, under the licence in OFL.txt; build.py makes them.

Letters are set by Pillow's own plain layout, which every build of it has: the same picture on
every machine.
"""

from bisect import bisect_right
from functools import cache
from pathlib import Path

from PIL import ImageFont

HERE = Path(__file__).parent
SERIF, SANS, SANS_BOLD = "constat-serif-600", "constat-sans-400", "constat-sans-600"


@cache
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """A font at a size in pixels."""
    return ImageFont.truetype(HERE / f"{name}.ttf", size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _ranges() -> tuple[list[int], list[int]]:
    lines = (HERE / "coverage.txt").read_text("ascii").split()
    pairs = [[int(code, 16) for code in line.split("-")] for line in lines]
    return [first for first, _last in pairs], [last for _first, last in pairs]


def has(character: str) -> bool:
    """Whether every font can show it."""
    firsts, lasts = _ranges()
    place = bisect_right(firsts, ord(character)) - 1
    return place >= 0 and ord(character) <= lasts[place]
