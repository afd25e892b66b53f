"""What became of a speaker's claims as plots, told in the interface's language."""

from collections.abc import Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from claims.drawn import Drawn, chosen_note, rating_labels
from claims.models import Claim, Forecast, Standing
from claims.plots import Table, rows
from claims.plots.table import Row
from claims.track import Track

FEW = 5  # of fewer claims nothing is drawn
Outcome, Value = Forecast.Outcome, Standing.Value
# What each row holds: an outcome, and what developments do that comes to the same.
COMMITMENTS = [
    (Outcome.KEPT, {Outcome.KEPT, Value.FULFILS, Value.CONFIRMS}),
    (Outcome.KEPT_LATE, {Outcome.KEPT_LATE}),
    (Outcome.PARTLY_KEPT, {Outcome.PARTLY_KEPT, Value.PARTLY_FULFILS}),
    (Outcome.BROKEN, {Outcome.BROKEN, Value.CONTRADICTS}),
    (Value.RETRACTS, {Value.RETRACTS}),
]
PREDICTIONS = [
    (Outcome.HAPPENED, {Outcome.HAPPENED, Value.CONFIRMS, Value.FULFILS}),
    (Outcome.PARTLY, {Outcome.PARTLY, Value.PARTLY_FULFILS}),
    (Outcome.DID_NOT_HAPPEN, {Outcome.DID_NOT_HAPPEN, Value.CONTRADICTS, Value.BREAKS}),
    (Value.RETRACTS, {Value.RETRACTS}),
]
EITHER = [
    (Outcome.OVERTAKEN, {Outcome.OVERTAKEN}),
    (Outcome.UNRESOLVABLE, {Outcome.UNRESOLVABLE}),
    (Value.OPEN, {Value.OPEN}),
    (Value.DUE, {Value.DUE}),
]
ALWAYS = {
    Outcome.KEPT, Outcome.PARTLY_KEPT, Outcome.BROKEN,
    Outcome.HAPPENED, Outcome.PARTLY, Outcome.DID_NOT_HAPPEN, Value.OPEN,
}  # fmt: skip


def drawn_track(track: Track) -> list[Drawn]:
    """Ratings, commitments and predictions, those there is something to say of; one query."""
    drawn = [_ratings(track), _commitments(track), _predictions(track)]
    return [figure for figure in drawn if figure.plot.table.total or figure.note]


def _ratings(track: Track) -> Drawn:
    ratings = rating_labels().items()
    shown = Table(
        _("Rating"),
        [_("claims")],
        [Row(label, [track.ratings.get(value, 0)]) for value, label in ratings],
    )
    notes = [chosen_note()] if shown.total else []
    if track.repeats:
        text = ngettext(
            "Not counted: %(number)d claim that says again what was verified, and stands by that.",
            "Not counted: %(number)d claims that say again what was verified, and stand by that.",
            track.repeats,
        )
        notes.append(text % {"number": track.repeats})
    told = ngettext("%(total)d verified claim", "%(total)d verified claims", shown.total)
    return _drawn("ratings", _("Verified claims by rating"), _told(told, shown), shown, notes)


def _commitments(track: Track) -> Drawn:
    shown = _outcomes(_("Commitments"), track, Claim.Kind.COMMITMENT, [*COMMITMENTS, *EITHER])
    told = ngettext("%(total)d commitment", "%(total)d commitments", shown.total)
    notes = _unjudged(track, Claim.Kind.COMMITMENT)
    title = _("What became of commitments")
    return _drawn("commitments", title, _told(told, shown), shown, notes)


def _predictions(track: Track) -> Drawn:
    shown = _outcomes(_("Predictions"), track, Claim.Kind.PREDICTION, [*PREDICTIONS, *EITHER])
    told = ngettext("%(total)d prediction", "%(total)d predictions", shown.total)
    notes = _unjudged(track, Claim.Kind.PREDICTION)
    title = _("What became of predictions")
    return _drawn("predictions", title, _told(told, shown), shown, notes)


def _unjudged(track: Track, kind: str) -> list[str]:
    if not (number := track.unjudged(kind)):
        return []
    text = _(
        "Not counted: %(number)d for which no criteria were written beforehand, and which nothing "
        "that happened since has settled."
    )
    return [text % {"number": number}]


def _outcomes(heading: str, track: Track, kind: str, held: Sequence[tuple]) -> Table:
    """A row for each outcome, in two series: by criteria written before, or by what happened."""
    found = []
    for named, values in held:
        counts = [0, 0]
        for of, basis, value, number in track.judged:
            if of == kind and value in values:
                counts[basis == Standing.Basis.DEVELOPMENT] += number
        if any(counts) or named in ALWAYS:
            found.append(Row(capfirst(str(named.label)), counts))
    return Table(heading, [_("by criteria written beforehand"), _("by what happened since")], found)


def _told(text: str, shown: Table) -> str:
    """Its total and every row that holds something."""
    if not shown.total:
        return _("None so far.")
    colon = pgettext("before what follows", ": ")
    held = [f"{row.label}{colon}{row.total}" for row in shown.rows if row.total]
    return f"{text % {'total': shown.total}}. {', '.join(held)}."


def _drawn(name: str, title: str, description: str, shown: Table, notes: list[str]) -> Drawn:
    few = shown.total < FEW
    if few and shown.total:
        notes = [_("These are too few to be drawn, and say little."), *notes]
    return Drawn(name, title, description, rows(shown), " ".join(notes), few=few)
