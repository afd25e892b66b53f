"""The figures as plots, told in the interface's language."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from claims.figures import BINS, FIGURES, documents_by_day, kept
from claims.models import Claim, Figure, Rating
from claims.plots import Plot, Table, columns, rows
from claims.plots.table import Row


@dataclass(frozen=True)
class Drawn:
    """A plot with its words; ``note`` says what it does not say. Of ``few`` nothing is drawn."""

    name: str
    title: str
    description: str
    plot: Plot
    note: str = ""
    counted_at: datetime | None = None
    few: bool = False


def drawn(period: str) -> list[Drawn]:
    """Every figure of that period; two queries, once they are counted."""
    figures, scale = kept(period), rating_labels()
    return [_drawn(figures[name], scale) for name in FIGURES]


def drawn_one(name: str, period: str) -> Drawn:
    """The figure of that name; raises KeyError if there is none."""
    return _drawn(kept(period)[name], rating_labels())


def arrivals(today: date) -> Drawn:
    """Documents that came in, day by day."""
    counted = documents_by_day(today)
    table = Table(
        _("Day"),
        [_("documents")],
        [Row(_short(day), [number]) for day, number in counted.items()],
    )
    text = ngettext(
        "%(total)d document in %(days)d days.", "%(total)d documents in %(days)d days.", table.total
    )
    description = text % {"total": table.total, "days": len(counted)}
    return Drawn("arrivals", _("Documents that came in"), description, columns(table))


def _short(day: date) -> str:
    return date_format(day, pgettext("short date format", "j M"))


def _drawn(figure: Figure, scale: dict[str, str]) -> Drawn:
    draw = {
        "weeks": _weeks,
        "delays": _delays,
        "ratings": _ratings,
        "speakers": _speakers,
        "organisations": _organisations,
    }[figure.name]
    title, description, plot, note = draw(figure.table, scale)
    return Drawn(figure.name, title, description, plot, note, figure.counted_at)


def _weeks(table: dict, scale: dict[str, str]) -> tuple[str, str, Plot, str]:
    weeks = [(date.fromisoformat(week), counts) for week, counts in table["rows"]]
    shown = Table(
        _("Week of"),
        [label for _kind, label in Claim.Kind.choices],
        [
            Row(_short(week), [counts.get(kind, 0) for kind in Claim.Kind.values])
            for week, counts in weeks
        ],
    )
    text = ngettext(
        "%(total)d claim in %(weeks)d weeks", "%(total)d claims in %(weeks)d weeks", shown.total
    )
    description = text % {"total": shown.total, "weeks": len(weeks)}
    if highest := shown.highest:
        most = _("; most in the week of %(week)s: %(number)d")
        description += most % {"week": highest.label, "number": highest.total}
    return _("Claims let in, by week and kind"), f"{description}.", columns(shown), ""


def _delays(table: dict, scale: dict[str, str]) -> tuple[str, str, Plot, str]:
    labels = [
        str(high) if high - low <= 1 else f"{low + 1}–{high}"
        for low, high in zip([-1, *BINS], BINS, strict=False)
    ]
    labels.append(f">{BINS[-1]}")
    bins = [Row(label, [number]) for label, number in zip(labels, table["bins"], strict=True)]
    shown = Table(_("Days"), [_("claims")], bins)
    description = _("No claim of a known day was verified.")
    if shown.total:
        text = ngettext(
            "Half of them were verified within %(median)d day of being said.",
            "Half of them were verified within %(median)d days of being said.",
            table["median"],
        )
        description = text % table
    note = ""
    if table["undated"]:
        text = ngettext(
            "%(undated)d claim is left out: nobody knows on which day it was said.",
            "%(undated)d claims are left out: nobody knows on which day they were said.",
            table["undated"],
        )
        note = text % table
    return _("Days from a claim to its verification"), description, columns(shown), note


def _ratings(table: dict, scale: dict[str, str]) -> tuple[str, str, Plot, str]:
    shown = Table(
        _("Rating"),
        [_("claims")],
        [Row(label, [table["rows"].get(value, 0)]) for value, label in scale.items()],
    )
    return _("Verified claims by rating"), _total(shown), rows(shown), chosen_note()


def _speakers(table: dict, scale: dict[str, str]) -> tuple[str, str, Plot, str]:
    shown = _balance(_("Speaker"), _("Documents in their own voice"), table, scale)
    return _("Verified claims by speaker and rating"), _total(shown), rows(shown), chosen_note()


def _organisations(table: dict, scale: dict[str, str]) -> tuple[str, str, Plot, str]:
    shown = _balance(_("Organisation"), _("No organisation known"), table, scale)
    title = _("Verified claims by party or organisation and rating")
    note = _(
        "Counted is every organisation in which the speaker held a position on the day, so a claim "
        "may count more than once."
    )
    return title, _total(shown), rows(shown), f"{note} {chosen_note()}"


def _balance(heading: str, none: str, table: dict, scale: dict[str, str]) -> Table:
    found = [
        (name, counts, reverse("speaker", args=[public_id]))
        for name, public_id, counts in table["rows"]
    ]
    found += [(_("All others"), table["rest"], ""), (none, table["none"], "")]
    shown = [
        Row(label, [counts.get(value, 0) for value in scale], url) for label, counts, url in found
    ]
    return Table(heading, list(scale.values()), [row for row in shown if row.total])


def _total(table: Table) -> str:
    text = ngettext("%(total)d verified claim", "%(total)d verified claims", table.total)
    description = text % {"total": table.total}
    if (highest := table.highest) and len(table.rows) > 1:
        most = _("; most: %(label)s, %(number)d")
        description += most % {"label": highest.label, "number": highest.total}
    return f"{description}."


def chosen_note() -> str:
    """What counts of verified claims do not say."""
    return _(
        "These are the claims that were chosen to be verified, not all that was said: the counts "
        "show what the desk looks at, not who tells the truth how often."
    )


def rating_labels() -> dict[str, str]:
    """The ratings of every scale by their values, the truest first, as the latest names them."""
    ratings = Rating.objects.order_by("scale__version", "position")
    latest = {rating.value: rating for rating in ratings}
    in_order = sorted(latest.values(), key=lambda rating: rating.position)
    return {rating.value: rating.label for rating in in_order}
