"""What unpacks is read within bounds, whatever its headers say."""

from typing import BinaryIO

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from sources.refused import Refused


class Budget:
    """How many bytes may still be unpacked from one file."""

    def __init__(self) -> None:
        self.left = settings.MAX_ARCHIVE_BYTES

    def spend(self, size: int) -> None:
        """Raise Refused once it is used up."""
        self.left -= size
        if self.left < 0:
            limit = number_format(settings.MAX_ARCHIVE_BYTES, force_grouping=True)
            raise Refused(
                _("it unpacks to more than %(limit)s bytes: bring it in in parts")
                % {"limit": limit}
            )


class Unpacked:
    """A stream of unpacked bytes that is read against a budget."""

    def __init__(self, stream: BinaryIO, budget: Budget) -> None:
        self.stream = stream
        self.budget = budget

    def read(self, size: int) -> bytes:
        return self._spent(self.stream.read(size))

    def readline(self, size: int) -> bytes:
        return self._spent(self.stream.readline(size))

    def close(self) -> None:
        self.stream.close()

    def _spent(self, data: bytes) -> bytes:
        self.budget.spend(len(data))
        return data
