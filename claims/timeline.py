"""What became of a claim, from the words to today: one list, in order.

Pure: it asks nothing of the database, the rows come with what is said of them. Where the claim
stands from an entry on follows the rule of claims/sql/standing.sql, which says it of today alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from claims.models import Appearance, Claim, Effect, Link, Standing, Verification
from sources.partial_date import PartialDate

# On one day: first what has no hour, as it follows from one another; then by the hour; then what
# the end of the day brings.
SAID_BEFORE, SAID, REPORTED, SAID_AGAIN, HAPPENED, TIMED, DUE = range(7)
DECIDING = {
    kind: getattr(Standing.Value, kind.name)
    for kind in Effect.Kind
    if kind.name in Standing.Value.names
}


@dataclass
class Entry:
    """Something that was said, reported, found, corrected, or that happened.

    ``kind`` names its template in templates/claims/timeline/ and ``row`` is what that tells of;
    ``date`` is None where nobody knows it. ``standing`` is where the claim stands from then on, if
    that changed; ``ahead`` tells what is still to come.
    """

    kind: str
    date: PartialDate | None
    row: object
    order: tuple = field(repr=False)
    ahead: bool = False
    standing: Standing | None = None

    @property
    def template(self) -> str:
        return f"claims/timeline/{self.kind}.html"


def timeline(
    claim: Claim,
    today: date,
    verifications: Sequence[Verification],
    appearances: Iterable[Appearance] = (),
    links: Iterable[Link] = (),
) -> list[Entry]:
    """All there is to tell of ``claim``, the first first.

    ``verifications`` are the versions to be told of, in any order, ``links`` those to and from
    the claim with both ends.
    """
    words = _dated(claim)
    entries = [
        *_said(claim),
        *(_reported(a.sentence.snapshot.document, words) for a in appearances),
        *(_linked(link, claim, words) for link in links),
        *_verified(claim, verifications),
        *_corrected(claim.corrections.all()),
        *_happened(claim, words, today),
        *_foreseen(claim, today),
    ]
    entries.sort(key=lambda entry: entry.order)
    _tell_standings(claim, entries)
    return entries


def _dated(claim: Claim) -> PartialDate | None:
    """When it was said, or else first read."""
    return claim.said_on or claim.document.published_on


def _after(words: PartialDate | None, when: PartialDate | None) -> date:
    """The first day of a date on which what follows from the words can have been."""
    said = words.first if words else date.min
    if when is None:
        return said
    return said if when.first < said <= when.last else when.first


def _said(claim: Claim) -> Iterable[Entry]:
    words, document = _dated(claim), claim.document
    if claim.said_on or claim.narrated:
        yield Entry("said", words, claim, (words.first if words else date.min, SAID))
    if not claim.narrated:
        yield _reported(document, words)


def _reported(document, words: PartialDate | None) -> Entry:
    published = document.published_on
    order = (_after(words, published), REPORTED, published is not None, document.pk)
    return Entry("reported", published, document, order)


def _linked(link: Link, claim: Claim, words: PartialDate | None) -> Entry:
    later = link.earlier_id == claim.pk
    said = _dated(link.claim if later else link.earlier)
    if later:
        order = (_after(words, said), SAID_AGAIN, link.pk)
    else:
        known = said or words
        order = (known.first if known else date.min, SAID_BEFORE, link.pk)
    return Entry("linked", said, link, order)


def _at(kind: str, moment: datetime, row) -> Entry:
    day = timezone.localdate(moment)
    return Entry(kind, PartialDate.day(day), row, (day, TIMED, moment))


def _verified(claim: Claim, verifications: Sequence[Verification]) -> Iterable[Entry]:
    for verification in sorted(verifications, key=lambda v: (v.published_at, v.pk)):
        yield _at("verified", verification.published_at, verification)
        for recheck in verification.rechecks.all():
            yield _at("rechecked", recheck.made_at, recheck)
        yield from _corrected(verification.corrections.all())
        if withdrawal := getattr(verification, "withdrawal", None):
            yield _at("withdrawn", withdrawal.withdrawn_at, withdrawal)
    # Its own verification comes before that of a claim which says the same.
    if claim.standing.through_id and not verifications:
        yield _at("verified_through", claim.standing.verification.published_at, claim.standing)


def _corrected(corrections: Iterable) -> Iterable[Entry]:
    for correction in corrections:
        yield _at("corrected", correction.made_at, correction)


def _happened(claim: Claim, words: PartialDate | None, today: date) -> Iterable[Entry]:
    for effect in claim.accepted_effects:
        when = effect.development.occurred_on
        order = (_after(words, when), HAPPENED, when.end, effect.pk)
        yield Entry("happened", when, effect, order, ahead=when.first > today)
        yield from _corrected(effect.development.corrections.all())


def _foreseen(claim: Claim, today: date) -> Iterable[Entry]:
    forecast = getattr(claim, "forecast", None)
    if forecast is None:
        return
    yield _at("foreseen", forecast.written_at, forecast)
    due, ahead = forecast.due_on, forecast.due_on.end > today
    if not (ahead and forecast.outcome):
        yield Entry("due", due, forecast, (due.last, DUE), ahead=ahead)
    if forecast.outcome:
        for outcome in (forecast, *forecast.earlier_outcomes):
            yield _at("resolved", outcome.recorded_at, outcome)


def _tell_standings(claim: Claim, entries: list[Entry]) -> None:
    course = _Course(claim)
    stood = course.standing().value
    for entry in entries:
        if entry.ahead:
            continue
        course.take(entry)
        standing = course.standing()
        if standing.value != stood:
            entry.standing, stood = standing, standing.value


class _Course:
    """What is known of a claim up to a point of its timeline, and where it stands by that."""

    def __init__(self, claim: Claim):
        self.claim = claim
        self.outcome = self.finding = self.withdrawal = self.forecast = None
        self.due = False
        self.effects: list[Effect] = []

    def take(self, entry: Entry) -> None:
        match entry.kind:
            case "resolved":
                self.outcome = entry.row.outcome
            case "happened" if entry.row.kind in DECIDING:
                self.effects.append(entry.row)
            case "verified":
                self.finding, self.withdrawal = entry.row, None
            case "verified_through":
                self.finding = entry.row.verification
            case "withdrawn" if self.finding and entry.row.verification_id == self.finding.pk:
                self.withdrawal = entry.row
            case "foreseen":
                self.forecast = entry.row
            case "due":
                self.due = True

    def standing(self) -> Standing:
        basis, known = Standing.Basis, {}
        if self.outcome:
            found = basis.OUTCOME, self.outcome
        elif effect := self._deciding():
            found, known = (basis.DEVELOPMENT, DECIDING[effect.kind]), {"effect": effect}
        elif self.withdrawal:
            found = basis.WITHDRAWAL, Standing.Value.WITHDRAWN
        elif self.finding:
            rating = self.finding.rating
            found = basis.VERIFICATION, rating.value if rating else ""
            known = {"verification": self.finding}
        elif self.forecast:
            found = basis.FORECAST, Standing.Value.DUE if self.due else Standing.Value.OPEN
        else:
            found = basis.NONE, Standing.Value.UNVERIFIED
        # By its id: given the claim itself, it would become the standing of today.
        return Standing(claim_id=self.claim.pk, basis=found[0], value=found[1], **known)

    def _deciding(self) -> Effect | None:
        """The latest event that the finding, if one stands, could not know of."""
        known = date.min
        if self.finding and not self.withdrawal:
            known = timezone.localdate(self.finding.published_at)
        later = [e for e in self.effects if e.development.occurred_on.first > known]
        return max(later, key=_lateness, default=None)


def _lateness(effect: Effect) -> tuple:
    when = effect.development.occurred_on
    return when.first, when.end, effect.pk
