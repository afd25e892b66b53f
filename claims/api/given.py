"""Members of what is sent to the API: of their own JSON type, nothing is made of another."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from sources.partial_date import PartialDate


class Text(serializers.CharField):
    """A string as it is, without NUL and halves of characters; blank only if it may be."""

    default_error_messages = {"blank": _("This is empty."), "invalid": _("A string is expected.")}

    def __init__(self, **kwargs):
        super().__init__(trim_whitespace=False, **kwargs)

    def to_internal_value(self, data) -> str:
        """The string; raises ValidationError."""
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)

    def run_validation(self, data=serializers.empty) -> Any:
        """Spaces alone are blank."""
        blank = isinstance(data, str) and not data.strip() and not self.allow_blank
        return super().run_validation("" if blank else data)


class Number(serializers.IntegerField):
    """A whole number."""

    default_error_messages = {"invalid": _("A whole number is expected.")}

    def to_internal_value(self, data) -> int:
        """The number; raises ValidationError."""
        if not isinstance(data, int) or isinstance(data, bool):
            self.fail("invalid")
        return data


class YesNo(serializers.BooleanField):
    """True or false."""

    default_error_messages = {"invalid": _("true or false is expected.")}

    def to_internal_value(self, data) -> bool:
        """The truth; raises ValidationError."""
        if not isinstance(data, bool):
            self.fail("invalid")
        return data


class Choice(serializers.ChoiceField):
    """One of some strings."""

    default_error_messages = {"invalid_choice": _("“{input}” is none of: {known}.")}

    def to_internal_value(self, data) -> str:
        """The string; raises ValidationError."""
        if not isinstance(data, str) or data not in self.choices:
            known = ", ".join(self.choices)
            self.fail("invalid_choice", input=str(data)[:60], known=known)
        return data


@extend_schema_field(
    {
        "type": "string",
        "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$",
        "description": "A day, a month or a year.",
        "examples": ["2025-12-03"],
    }
)
class Day(serializers.Field):
    """A PartialDate; ``past`` ones have begun already."""

    default_error_messages = {
        "invalid": _("A string is expected."),
        "future": _("That day has not come yet."),
    }

    def __init__(self, *, past: bool = False, **kwargs):
        super().__init__(**kwargs)
        self.past = past

    def to_internal_value(self, data) -> PartialDate:
        """The date; raises ValidationError."""
        if not isinstance(data, str):
            self.fail("invalid")
        try:
            day = PartialDate.parse(data)
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from None
        if self.past and day.first > self.today:
            self.fail("future")
        return day

    def to_representation(self, value: PartialDate) -> str:
        return value.isoformat()

    @property
    def today(self) -> date:
        return timezone.localdate()
