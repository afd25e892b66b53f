"""Column types the whole project shares."""

import secrets

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from psycopg.types.range import DateRange

from sources.partial_date import PartialDate
from sources.shingles import sketch

# Without vowels and look-alikes: no accidental words, nothing to misread aloud.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
LENGTH = 10


def new_public_id() -> str:
    """Ten characters of an alphabet of 27: 47 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


class PublicIdField(models.CharField):
    """The opaque, short name a row has in addresses and in the API; it never changes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **self._fixed() | kwargs)

    @staticmethod
    def _fixed() -> dict:
        return {
            "max_length": LENGTH,
            "default": new_public_id,
            "unique": True,
            "editable": False,
            "verbose_name": _("public id"),
        }

    def deconstruct(self):
        """Only what differs: the history of a row holds the same id many times."""
        name, path, args, kwargs = super().deconstruct()
        fixed = self._fixed()
        kwargs = {key: value for key, value in kwargs.items() if fixed.get(key, key) != value}
        return name, path, args, kwargs if self.unique else kwargs | {"unique": False}


class PartialDateField(models.Field):
    """A PartialDate in a column of the domain ``partial_date``.

    The domain (first migration of ``sources``) is a ``daterange`` whose one CHECK constraint
    admits a day, a month or a year; so ranges sort, index and compare as PostgreSQL's do.
    """

    description = _("Day, month or year")
    empty_strings_allowed = False

    def db_type(self, connection) -> str:
        return "partial_date"

    def cast_db_type(self, connection) -> str:
        return "daterange"

    def from_db_value(self, value, expression, connection):
        return value and PartialDate(value.lower, value.upper)

    def to_python(self, value):
        if value is None or isinstance(value, PartialDate):
            return value
        try:
            return PartialDate.parse(value)
        except (TypeError, ValueError) as error:
            raise ValidationError(str(error), code="invalid") from error

    def get_prep_value(self, value):
        value = self.to_python(super().get_prep_value(value))
        return value and DateRange(value.first, value.end)

    def value_to_string(self, obj) -> str:
        value = self.value_from_object(obj)
        return value.isoformat() if value else ""

    def formfield(self, **kwargs):
        from sources.forms import PartialDateFormField

        return super().formfield(**({"form_class": PartialDateFormField} | kwargs))


@PartialDateField.register_lookup
class First(models.Transform):
    """``said_on__first__lte=day``: the first day of a partial date."""

    lookup_name = "first"
    function = "lower"
    output_field = models.DateField()


@PartialDateField.register_lookup
class End(models.Transform):
    """``said_on__end__gt=day``: the day after the last one of a partial date."""

    lookup_name = "end"
    function = "upper"
    output_field = models.DateField()


class SketchField(ArrayField):
    """The sketch of the row's ``text``, made when it is added."""

    def __init__(self, *args, **kwargs):
        fixed = {"base_field": models.BigIntegerField(), "editable": False}
        super().__init__(*args, **fixed | kwargs)

    def pre_save(self, model_instance, add) -> list[int]:
        if add:
            setattr(model_instance, self.attname, sketch(model_instance.text))
        return super().pre_save(model_instance, add)
