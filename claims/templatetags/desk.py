"""What the desk's own screens need beside Django's and unfold's tags."""

from datetime import date
from urllib.parse import urlencode

from django import template
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from claims.models import Claim, Verification

register = template.Library()


@register.filter
def late(day: date, today: date) -> str:
    """How late what was due on ``day`` is, or how soon it will be, in words."""
    if day == today:
        return _("due today")
    if day < today:
        return _("due for %(time)s") % {"time": timesince(day, today, depth=1)}
    return _("due in %(time)s") % {"time": timesince(today, day, depth=1)}


@register.filter
def about(row) -> str:
    """The claims a page is about, as the query of what may be done with them from anywhere."""
    if isinstance(row, Claim):
        claims = [row.pk]
    elif isinstance(row, Verification):
        claims = [covered.claim_id for covered in row.coverage.all()]
    else:
        claims = [pk for pk in [getattr(row, "claim_id", None)] if pk]
    return urlencode({"claim": claims}, doseq=True)
