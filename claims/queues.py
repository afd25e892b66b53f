"""What waits for somebody, and how much of it: counted so far only that it is always quick."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.formats import number_format

MOST = 1000


@dataclass(frozen=True)
class Waiting:
    """How many rows wait; ``more`` than that where counting stopped."""

    number: int
    more: bool = False

    def __bool__(self) -> bool:
        return self.number > 0

    def __str__(self) -> str:
        """ "12", or "1 000+"."""
        return number_format(self.number, force_grouping=True) + ("+" if self.more else "")


def waiting(rows: QuerySet, most: int = MOST) -> Waiting:
    """How many ``rows`` there are, up to ``most``: never more are read than that."""
    found = len(rows.order_by().values_list("pk", flat=True)[: most + 1])
    return Waiting(min(found, most), found > most)
