"""Why two sayings belong together or not: what a page shows beside a match."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _


class Code(StrEnum):
    """What was found of two sayings."""

    SAME_WORDS = "same words"
    SAME_NUMBER = "same number"
    NEAR_NUMBER = "near number"
    OTHER_NUMBER = "other number"
    SAME_NAME = "same name"
    OTHER_NAME = "other name"
    SAME_DATE = "same date"
    OTHER_DATE = "other date"
    DENIED = "denied"
    OPPOSITE = "opposite"
    OTHER_ROLES = "other roles"
    SAID_LATER = "said later"
    OTHER_SPEAKER = "other speaker"


@dataclass(frozen=True)
class Reason:
    """A code, and the words of the first and of the second saying it is about, if any."""

    code: Code
    first: str = ""
    second: str = ""

    def __str__(self) -> str:
        """As the reader's language says it."""
        said = {"first": self.first, "second": self.second}
        return {
            Code.SAME_WORDS: _("the same words: %(first)s"),
            Code.SAME_NUMBER: _("the same number: %(first)s"),
            Code.NEAR_NUMBER: _("nearly the same number: %(first)s, %(second)s"),
            Code.OTHER_NUMBER: _("not the same number: %(first)s, %(second)s"),
            Code.SAME_NAME: _("the same name: %(first)s"),
            Code.OTHER_NAME: _("not the same name: %(first)s, %(second)s"),
            Code.SAME_DATE: _("the same time: %(first)s"),
            Code.OTHER_DATE: _("not the same time: %(first)s, %(second)s"),
            Code.DENIED: _("one denies what the other says: %(first)s, %(second)s"),
            Code.OPPOSITE: _("the opposite: %(first)s, %(second)s"),
            Code.OTHER_ROLES: _("who does what to whom is not the same"),
            Code.SAID_LATER: _("said at another time"),
            Code.OTHER_SPEAKER: _("said by somebody else"),
        }[self.code] % said
