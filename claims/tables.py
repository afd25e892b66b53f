"""Claims as a table in the terminal."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from rich.table import Table
from rich.text import Text

from claims.models import Claim


def claim_table(title: str, rows: Iterable[tuple[str | None, str | None, str, str]]) -> Table:
    """A table of (speaker, date said, kind, source sentence); None where the text has none."""
    table = Table(title=Text(title), title_justify="left", show_lines=True)
    for heading, ratio in (
        (_("Speaker"), 2),
        (_("Said"), 1),
        (_("Kind"), 1),
        (_("Source sentence"), 6),
    ):
        table.add_column(heading, ratio=ratio)
    labels = dict(Claim.Kind.choices)
    for speaker, said, kind, sentence in rows:
        table.add_row(
            Text(speaker or "—"), said or "—", str(labels[kind]), Text(" ".join(sentence.split()))
        )
    return table
