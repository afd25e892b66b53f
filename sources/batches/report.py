"""What was refused, as a table that spreadsheets open."""

import csv
from contextlib import AbstractContextManager
from pathlib import Path

from django.utils.translation import gettext as _

FORMULA = ("=", "+", "-", "@", "\t")


class Report(AbstractContextManager):
    """A CSV file, written line by line: with semicolons and a mark, as French spreadsheets want it.

    Raises OSError if it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.file = path.open("w", encoding="utf-8-sig", newline="")
        self.table = csv.writer(self.file, delimiter=";")
        self.table.writerow([_("document"), _("reason")])

    def add(self, name: str, reason: str) -> None:
        """A spreadsheet would run a name that begins like a formula."""
        self.table.writerow([f"'{name}" if name.startswith(FORMULA) else name, reason])
        self.file.flush()

    def __exit__(self, *error: object) -> None:
        self.file.close()
