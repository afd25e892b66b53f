"""The use of a key, day by day, as a plot in words."""

from datetime import date, timedelta

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from claims.drawn import Drawn
from claims.models import ApiKey, KeyUsage
from claims.plots import Table, columns
from claims.plots.table import Row

KINDS = ["read", "extract", "match", "propose", "refused"]
DAYS = 30


def drawn_usage(key: ApiKey, today: date) -> Drawn:
    """Its requests of the last 30 days by kind, and what is spent today; one query."""
    first = today - timedelta(days=DAYS - 1)
    found = KeyUsage.objects.filter(key=key, day__range=(first, today))
    used = {usage.day: usage for usage in found}
    days = [first + timedelta(days=number) for number in range(DAYS)]
    shown = Table(
        _("Day"),
        [str(KeyUsage._meta.get_field(kind).verbose_name) for kind in KINDS],
        [Row(_short(day), [getattr(used.get(day), kind, 0) for kind in KINDS]) for day in days],
    )
    text = ngettext(
        "%(total)d request in %(days)d days", "%(total)d requests in %(days)d days", shown.total
    )
    description = text % {"total": shown.total, "days": DAYS}
    if highest := shown.highest:
        most = _("; most on %(day)s: %(number)d")
        description += most % {"day": highest.label, "number": highest.total}
    note = _(
        "Today %(requests)s of %(a_day)s requests are spent, and %(spent)s of %(most)s extractions."
    ) % {
        "requests": _grouped(getattr(used.get(today), "requests", 0)),
        "a_day": _grouped(key.limits.a_day),
        "spent": _grouped(getattr(used.get(today), "extractions", 0)),
        "most": _grouped(key.limits.extractions),
    }
    title = _("Requests by day and kind")
    return Drawn("usage", title, f"{description}.", columns(shown), note)


def _grouped(number: int) -> str:
    return number_format(number, force_grouping=True)


def _short(day: date) -> str:
    return date_format(day, pgettext("short date format", "j M"))
