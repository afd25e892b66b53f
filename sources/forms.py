"""What forms share: fields of the shared column types, and addresses."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sources.fetching import addresses
from sources.partial_date import PartialDate
from sources.refused import Refused
from sources.written_date import written_date


def fetchable(url: str) -> str:
    """An address as it is asked for; what may not be fetched is told at once."""
    try:
        url = str(addresses.read(url))
    except Refused as refusal:
        raise ValidationError(str(refusal)) from refusal
    if len(url) > addresses.LONGEST:
        raise ValidationError(
            _("it is longer than %(limit)d characters") % {"limit": addresses.LONGEST}
        )
    return url


class PartialDateFormField(forms.CharField):
    """A day, a month or a year, typed as the interface's language writes it or as 2025-12-03."""

    default_help = _("A day, a month or a year: 3 December 2025, December 2025, 2025; 2025-12-03.")

    def __init__(self, **kwargs):
        kwargs["help_text"] = kwargs.get("help_text") or self.default_help
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return value.isoformat() if isinstance(value, PartialDate) else value

    def to_python(self, value):
        if isinstance(value, PartialDate):
            return value
        value = super().to_python(value)
        if value in self.empty_values:
            return None
        try:
            return written_date(value)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error
