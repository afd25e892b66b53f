"""The use of a key, day by day, as a plot in words."""

from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from claims.drawn import Drawn
from claims.models import ApiKey, KeyUsage
from claims.plots import Table, columns
from claims.plots.table import Row

KINDS = ["read", "extract", "match", "propose", "refused"]
DAYS = 30


def drawn_usage(key: ApiKey, today: date) -> Drawn:
    """Its requests of the last 30 days by kind; one query."""
    first = today - timedelta(days=DAYS - 1)
    found = KeyUsage.objects.filter(key=key, day__range=(first, today))
    counts = {day: counted for day, *counted in found.values_list("day", *KINDS)}
    days = [first + timedelta(days=number) for number in range(DAYS)]
    shown = Table(
        _("Day"),
        [str(KeyUsage._meta.get_field(kind).verbose_name) for kind in KINDS],
        [Row(_short(day), counts.get(day, [0] * len(KINDS))) for day in days],
    )
    text = ngettext(
        "%(total)d request in %(days)d days", "%(total)d requests in %(days)d days", shown.total
    )
    description = text % {"total": shown.total, "days": DAYS}
    if highest := shown.highest:
        most = _("; most on %(day)s: %(number)d")
        description += most % {"day": highest.label, "number": highest.total}
    return Drawn("usage", _("Requests by day and kind"), f"{description}.", columns(shown))


def _short(day: date) -> str:
    return date_format(day, pgettext("short date format", "j M"))
