"""Stacked bars: standing as columns for a time or a scale, lying as rows for names.

All lengths are in the units of the SVG's own space, which are pixels where it is not scaled. The
templates know how a bar looks; here is where it is.
"""

import math
from dataclasses import dataclass
from itertools import count
from textwrap import shorten

from claims.plots.table import Row, Table

PATTERNS = 8  # in static/desk/plots.css and in the templates; more series begin anew
GAP = 0.35  # of the room of a column that stays empty
HEIGHT = 220  # of the columns
WIDTH = 200  # of the longest row
ACROSS = 392  # all columns
COLUMN = 13  # the narrowest
BAR = 18
LINE = 30
LETTER = 7.2
MARGIN = 44  # left of the columns, for the numbers of the axis
LONGEST_LABEL = 26
MOST_LABELS = 9  # below columns, if each has its own; else fewer
SEAM = 1.5  # between two values, where there is room for it


@dataclass(frozen=True)
class Segment:
    """One value: a rectangle with the pattern of its series."""

    x: float
    y: float
    width: float
    height: float
    pattern: int
    series: str
    value: int


@dataclass(frozen=True)
class Bar:
    """The values of one row; its label stands at (x, y), its total at (total_x, total_y)."""

    row: Row
    label: str
    x: float
    y: float
    total_x: float
    total_y: float
    segments: list[Segment]


@dataclass(frozen=True)
class Tick:
    """A number of the axis, ``at`` so far along it."""

    at: float
    value: int


@dataclass(frozen=True)
class Plot:
    """A drawn table. ``lying`` bars are rows; ``labelled`` tells totals beside the bars."""

    table: Table
    width: float
    height: float
    bars: list[Bar]
    ticks: list[Tick]
    lying: bool

    @property
    def legend(self) -> list[tuple[int, str]]:
        """The pattern of each series, where there are several."""
        named = [(number % PATTERNS, name) for number, name in enumerate(self.table.series)]
        return named if len(named) > 1 else []

    @property
    def patterns(self) -> range:
        return range(min(PATTERNS, max(1, len(self.table.series))))


def columns(table: Table) -> Plot:
    """Standing bars, the first on the left; not every one of many is labelled below."""
    room = max(COLUMN, ACROSS / max(1, len(table.rows)))
    ticks = _ticks(table)
    scale = HEIGHT / ticks[-1].value
    crowded = len(table.rows) > MOST_LABELS
    every = math.ceil(len(table.rows) / (MOST_LABELS - 2)) if crowded else 1
    bars = []
    for number, row in enumerate(table.rows):
        x, top = MARGIN + number * room, HEIGHT + 16
        middle, segments = x + room / 2, []
        for series, value in enumerate(row.values):
            height = value * scale
            top -= height
            if value:
                width = room * (1 - GAP)
                at = (round(x + room * GAP / 2, 1), round(top, 1), round(width, 1))
                segments.append(
                    Segment(*at, _seamed(height), series % PATTERNS, table.series[series], value)
                )
        label = row.label if number % every == 0 else ""
        at = (round(middle, 1), HEIGHT + 34, round(middle, 1), round(top - 5, 1))
        bars.append(Bar(row, label, *at, segments))
    placed = [Tick(round(HEIGHT + 16 - tick.value * scale, 1), tick.value) for tick in ticks]
    width = MARGIN + len(table.rows) * room + 8
    return Plot(table, round(width), HEIGHT + 44, bars, placed, lying=False)


def rows(table: Table) -> Plot:
    """Lying bars, the first on top, each with its label before and its total behind it."""
    labels = [shorten(row.label, LONGEST_LABEL, placeholder="…") for row in table.rows]
    left = max((len(label) for label in labels), default=0) * LETTER + 12
    most = max((row.total for row in table.rows), default=0) or 1
    bars = []
    for number, (row, label) in enumerate(zip(table.rows, labels, strict=True)):
        x, y, segments = left, number * LINE + 4, []
        for series, value in enumerate(row.values):
            width = value * WIDTH / most
            if value:
                at = (round(x, 1), y, _seamed(width))
                segments.append(Segment(*at, BAR, series % PATTERNS, table.series[series], value))
            x += width
        bars.append(Bar(row, label, left - 8, y + 14, round(x + 6, 1), y + 14, segments))
    width = left + WIDTH + 44
    return Plot(table, round(width), len(table.rows) * LINE + 4, bars, [], lying=True)


def _seamed(length: float) -> float:
    """A length less the seam that parts it from the next, unless it is all but a seam itself."""
    return round(length - SEAM if length > 2 * SEAM else length, 1)


def _ticks(table: Table) -> list[Tick]:
    """Round numbers from nought to the first that no row exceeds, five at most."""
    most = max((row.total for row in table.rows), default=0) or 1
    steps = (digit * 10**power for power in count() for digit in (1, 2, 5))
    step = next(step for step in steps if most <= 4 * step)
    return [Tick(0, number * step) for number in range(math.ceil(most / step) + 1)]
