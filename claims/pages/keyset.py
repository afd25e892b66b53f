"""Pages of a list of any length: each begins after a row, so none costs more than the first."""

from dataclasses import dataclass

from django.db.models import Model, Q, QuerySet

from claims.pages.shown import PER_PAGE


@dataclass(frozen=True)
class Stretch:
    """Some rows in their order; ``earlier`` and ``later`` say whether there are others."""

    rows: list[Model]
    earlier: bool
    later: bool

    def __iter__(self):
        return iter(self.rows)

    @property
    def first(self) -> int:
        """The id of the row that begins it."""
        return self.rows[0].pk

    @property
    def last(self) -> int:
        """The id of the row that ends it."""
        return self.rows[-1].pk


def stretch(
    rows: QuerySet, time: str, *, before: int | None = None, after: int | None = None
) -> Stretch:
    """Rows by their ``time`` (a column), the latest first: those next earlier than the row with
    the id ``before``, or next later than ``after``. Raises DoesNotExist if there is no such row."""
    if after is None:
        found = list(_beyond(rows, time, before, "lt").order_by(f"-{time}", "-id")[: PER_PAGE + 1])
        return Stretch(found[:PER_PAGE], len(found) > PER_PAGE, before is not None)
    found = list(_beyond(rows, time, after, "gt").order_by(time, "id")[: PER_PAGE + 1])
    return Stretch(found[:PER_PAGE][::-1], True, len(found) > PER_PAGE)


def _beyond(rows: QuerySet, time: str, pk: int | None, side: str) -> QuerySet:
    if pk is None:
        return rows
    at = getattr(rows.model.objects.only(time).get(pk=pk), time)
    # The first condition is where the index begins to be read.
    return rows.filter(
        Q(**{f"{time}__{side}e": at}),
        Q(**{f"{time}__{side}": at}) | Q(**{time: at, f"pk__{side}": pk}),
    )
