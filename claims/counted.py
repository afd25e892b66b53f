"""A count that ends at a bound, and says so."""

from dataclasses import dataclass

from django.utils.formats import number_format


@dataclass(frozen=True)
class Counted:
    """How many there are; ``more`` than that where counting stopped."""

    number: int
    more: bool = False

    def __bool__(self) -> bool:
        return self.number > 0

    def __str__(self) -> str:
        """ "12", or "1 000+"."""
        return number_format(self.number, force_grouping=True) + ("+" if self.more else "")
