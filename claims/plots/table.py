"""What a plot shows, as a reader without eyes for plots has it too."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO


@dataclass(frozen=True)
class Row:
    """A label and the value of each series; ``url`` is where its label leads, if anywhere."""

    label: str
    values: Sequence[int]
    url: str = ""

    @property
    def total(self) -> int:
        return sum(self.values)


@dataclass(frozen=True)
class Table:
    """Rows of whole numbers, none negative; ``heading`` is that of their labels, ``series`` those
    of their values."""

    heading: str
    series: Sequence[str]
    rows: Sequence[Row]

    @property
    def total(self) -> int:
        return sum(row.total for row in self.rows)

    @property
    def highest(self) -> Row | None:
        """The row with the largest total, the first of several; None if there is nothing."""
        return max(self.rows, key=lambda row: row.total, default=None) if self.total else None

    def as_csv(self) -> str:
        """The table as a file for a spreadsheet; its first line holds the headings."""
        file = StringIO()
        writer = csv.writer(file)
        writer.writerow([self.heading, *self.series])
        writer.writerows([_harmless(row.label), *row.values] for row in self.rows)
        return file.getvalue()


def _harmless(label: str) -> str:
    """What a spreadsheet takes for text and not for a formula."""
    return f"'{label}" if label.startswith(("=", "+", "-", "@", "\t", "\r")) else label
