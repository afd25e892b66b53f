"""What is asked of the claims: words, filters and an order, as the parameters of an address.

q=retraites                 words (sources/search says how they are read)
speaker=…&speaker=…         public ids; said by any of them
kind=commitment
standing=false              where the claim stands today: a rating, an outcome, "unverified" …
publisher=…                 public id of who published the source sentence
from=2025&to=2025-12        said in that time; a day, a month or a year, both included
sort=relevance              or "latest"
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.db.models import F, Q, QuerySet
from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from claims import merged
from claims.models import Claim, Forecast, Speaker, Standing
from claims.stands import standing_at, standing_labels
from sources.lists import BOUND
from sources.models import Publisher
from sources.partial_date import PartialDate
from sources.search import LONGEST, Among, Typed

MOST_SPEAKERS = 10
FILTERS = ("speaker", "kind", "standing", "publisher", "from", "to")
NAMES = ("q", *FILTERS, "sort")
RELEVANCE, LATEST = "relevance", "latest"
# https://en.wikipedia.org/wiki/UTM_parameters and the like of networks and newsletters.
TRACKING = re.compile(
    r"(utm|at|pk|mtm|gad)_\w+|(fb|g|tw|tt|y)clid|dclid|msclkid|[gw]braid|igsh|igshid|li_fat_id"
    r"|_g[al]|mc_[ce]id|xtor"
)


class Refused(ValueError):
    """An address asks for what there is not; says so to a reader. ``name`` is the parameter."""

    def __init__(self, name: str, sentence: str):
        super().__init__(sentence)
        self.name = name


@dataclass(frozen=True)
class ClaimQuery:
    """Words and filters; empty is every published claim, the latest first."""

    q: str = ""
    speakers: tuple[Speaker, ...] = ()
    kind: str = ""
    standing: str = ""
    publisher: Publisher | None = None
    first: PartialDate | None = None
    last: PartialDate | None = None
    sort: str = ""
    # Not asked in an address: most of the words do, where none has all.
    most: bool = False

    @classmethod
    def parse(cls, given: QueryDict, beside: Iterable[str] = ()) -> "ClaimQuery":
        """Read the parameters of an address; raises Refused at the first that does not hold.

        ``beside`` are the parameters that are somebody else's. One without a value, as a form
        sends it that was not filled in, is none.
        """
        only(given, [*NAMES, *beside])
        query = cls(
            q=words(given),
            speakers=_speakers(_values(given, "speaker")),
            kind=_choice("kind", _one(given, "kind"), Claim.Kind.values),
            standing=_one(given, "standing"),
            publisher=_publisher(_one(given, "publisher")),
            first=partial_date("from", _one(given, "from")),
            last=partial_date("to", _one(given, "to")),
            sort=_choice("sort", _one(given, "sort"), [RELEVANCE, LATEST]),
        )
        if query.standing:
            _choice("standing", query.standing, query.standing_labels)
        if query.first and query.last and query.last.end <= query.first.first:
            raise Refused("to", _("“to” is before “from”."))
        if query.sort == RELEVANCE and not query.q:
            raise Refused("sort", _("“relevance” is an order for words only: give some in “q”."))
        return query

    @cached_property
    def standing_labels(self) -> dict[str, str]:
        return standing_labels()

    @cached_property
    def asked(self) -> dict[str, str | list[str]]:
        """The parameters of the one address that asks this."""
        values = {
            "q": self.q,
            "speaker": sorted(speaker.public_id for speaker in self.speakers),
            "kind": self.kind,
            "standing": self.standing,
            "publisher": self.publisher and self.publisher.public_id,
            "from": self.first and self.first.isoformat(),
            "to": self.last and self.last.isoformat(),
            "sort": "" if self.sort == self._usual_order else self.sort,
        }
        return {name: value for name, value in values.items() if value}

    def without(self, name: str, value: str = "") -> dict[str, str | list[str]]:
        """What is asked but for a filter, or but for one of its values."""
        left = ("from", "to") if name == "period" else (name,)
        others = {key: kept for key, kept in self.asked.items() if key not in left}
        kept = (
            [kept for kept in self.asked["speaker"] if kept != value] if name == "speaker" else []
        )
        return others | ({name: kept} if kept else {})

    def chosen(self, name: str) -> dict[str, str]:
        """The values of a filter that are asked for, each with its label."""
        if name == "speaker":
            return {speaker.public_id: speaker.name for speaker in self.speakers}
        if name == "publisher":
            return {self.publisher.public_id: self.publisher.name} if self.publisher else {}
        labels = self.standing_labels if name == "standing" else dict(Claim.Kind.choices)
        value = self.asked.get(name)
        return {value: labels[value]} if value else {}

    @property
    def order(self) -> str:
        return self.sort or self._usual_order

    @property
    def _usual_order(self) -> str:
        return RELEVANCE if self.q else LATEST

    def instead(self, words: str) -> "ClaimQuery":
        """The same of other words."""
        return replace(self, q=Typed(words))

    def with_most(self) -> "ClaimQuery":
        """The same, of claims that have most of the words."""
        return replace(self, sort="", most=True)

    # What is found

    def found(self) -> QuerySet[Claim]:
        """The published claims that are asked for, in the order that is asked for.

        Of very many with these words, the best of the latest and of the last checked; or the latest
        ``BOUND`` and one. Read no more of any than ``BOUND`` and one.
        """
        claims = self._filtered()
        if self.order == RELEVANCE:
            # What a published verification is about does not stand as not verified.
            checked = self.standing != Standing.Value.UNVERIFIED
            found = claims.with_most_of(self.q) if self.most else claims.foremost(self.q, checked)
            return Claim.objects.filter(Among("pk", found)).best_first(self.q)
        if self.q:
            latest = claims.newest(claims.ways_to(self.q), BOUND + 1)
            claims = Claim.objects.filter(Among("pk", latest))
        if self.period:
            return claims.order_by(F("said_on").desc(nulls_last=True), "-id")
        return claims.latest()

    def _filtered(self) -> QuerySet[Claim]:
        claims = Claim.objects.published()
        if self.speakers:
            claims = claims.filter(speaker__in=[speaker.pk for speaker in self.speakers])
        if self.kind:
            claims = claims.filter(kind=self.kind)
        if self.publisher:
            claims = claims.filter(sentence__snapshot__document__publisher=self.publisher)
        if self.period:
            claims = claims.filter(said_between(self.first, self.last))
        return standing_at(claims, self.standing) if self.standing else claims

    # What is asked, in words

    def __str__(self) -> str:
        """ "Claims of Jeanne Roux, rated False", in the language of the interface."""
        first, *others = [*self._told(), ""]
        return ", ".join([f"{_('Claims')} {first}".strip(), *filter(None, others)])

    def _told(self) -> Iterator[str]:
        if self.q:
            yield _("with “%(words)s”") % {"words": Truncator(self.q).chars(80)}
        if names := self.chosen("speaker").values():
            yield _("of %(names)s") % {"names": _(" or ").join(names)}
        for kind in self.chosen("kind").values():
            yield _("of the kind “%(kind)s”") % {"kind": kind}
        for value, label in self.chosen("standing").items():
            derived = value in [*Standing.Value, *Forecast.Outcome]
            text = _("with the standing “%(standing)s”") if derived else _("rated %(standing)s")
            yield text % {"standing": label}
        for publisher in self.chosen("publisher").values():
            yield _("in %(publisher)s") % {"publisher": publisher}
        if self.period:
            yield self.period

    def in_order(self, order: str) -> dict[str, str | list[str]]:
        """What is asked, in another order."""
        return replace(self, sort=order).asked

    @property
    def year(self) -> PartialDate | None:
        """The one year that is asked for, if that is the period."""
        whole = self.first and self.first == self.last and self.first.precision == "year"
        return self.first if whole else None

    @property
    def period(self) -> str:
        """ "in December 2025", "since 2024 until 2025"; empty if none is asked for."""
        if self.first and self.first == self.last:
            return self.first.with_preposition()
        return " ".join(filter(None, [_since(self.first), _until(self.last)]))


def _since(time: PartialDate | None) -> str:
    if not time:
        return ""
    if time.precision == "day":
        return pgettext("day", "since %(date)s") % {"date": time}
    return pgettext("month or year", "since %(date)s") % {"date": time}


def _until(time: PartialDate | None) -> str:
    if not time:
        return ""
    if time.precision == "day":
        return pgettext("day", "until %(date)s") % {"date": time}
    return pgettext("month or year", "until %(date)s") % {"date": time}


def _values(given: QueryDict, name: str) -> list[str]:
    return [value for value in given.getlist(name) if value.strip()]


def _one(given: QueryDict, name: str) -> str:
    values = _values(given, name)
    if len(values) > 1:
        raise Refused(name, _("“%(name)s” takes one value.") % {"name": name})
    return values[0] if values else ""


def only(given: QueryDict, names: Iterable[str]) -> None:
    """Raises Refused if there are parameters of other names, but for what networks and newsletters
    add to every address that is shared."""
    for name in given:
        if name not in names and not TRACKING.fullmatch(name):
            raise Refused(name, _("There is no parameter “%(name)s”.") % {"name": _brief(name)})


def words(given: QueryDict) -> Typed:
    """Those of ``q`` as they can be looked for and told: without signs that nobody types."""
    text = _one(given, "q")[:LONGEST]
    return Typed("".join(sign if sign.isprintable() else " " for sign in text).strip())


def _speakers(public_ids: list[str]) -> tuple[Speaker, ...]:
    """Whose ids these are; of merged ones, those who are kept."""
    if len(public_ids) > MOST_SPEAKERS:
        sentence = _("“speaker” takes %(most)s values at most.") % {"most": MOST_SPEAKERS}
        raise Refused("speaker", sentence)
    wanted = [_id("speaker", public_id) for public_id in public_ids]
    known = Speaker.objects.published().in_bulk(wanted, field_name="public_id") if wanted else {}
    speakers = {}
    for public_id in wanted:
        speaker = known.get(public_id) or merged.kept(Speaker, public_id)
        if not speaker:
            raise unknown("speaker", public_id)
        speakers[speaker.pk] = speaker
    return tuple(speakers.values())


def _publisher(public_id: str) -> Publisher | None:
    if not public_id:
        return None
    publisher = Publisher.objects.filter(public_id=_id("publisher", public_id)).first()
    if not publisher:
        raise unknown("publisher", public_id)
    return publisher


def _id(name: str, value: str) -> str:
    """Letters and digits, as every id has; whether it is one, the record knows."""
    if not value.isalnum():
        raise unknown(name, value)
    return value


def _choice(name: str, value: str, choices: Iterable[str]) -> str:
    if value and value not in choices:
        known = ", ".join(choices)
        sentence = _("“%(name)s” may be one of: %(known)s.") % {"name": name, "known": known}
        raise Refused(name, sentence)
    return value


def partial_date(name: str, text: str) -> PartialDate | None:
    """What a parameter says; raises Refused."""
    if not text:
        return None
    try:
        time = PartialDate.parse(text)
        PartialDate.day(time.end)  # Of the last day there is, nothing comes after.
    except (ValueError, OverflowError):
        sentence = _("“%(name)s” takes a date: 2025-12-03, 2025-12 or 2025.") % {"name": name}
        raise Refused(name, sentence) from None
    return time


def unknown(name: str, value: str) -> Refused:
    """What is said of an id that nothing has."""
    sentence = _("“%(name)s”: nothing here has the id “%(value)s”.")
    return Refused(name, sentence % {"name": name, "value": _brief(value)})


def _brief(text: str) -> str:
    return Truncator(text).chars(40)


def said_between(first: PartialDate | None, last: PartialDate | None, column: str = "said_on") -> Q:
    """At a time that has a day in common with this one; either end may be open."""
    said = Q()
    if first:
        day = first.first
        began = Q((f"{column}__gte", PartialDate.day(day)))
        # What began before and is not over: the month and the year of that day.
        for around in (day.isoformat()[:7], day.isoformat()[:4]):
            began |= Q((column, PartialDate.parse(around)))
        # Where the index ends to be read.
        said &= Q((f"{column}__gte", PartialDate.day(date(day.year, 1, 1)))) & began
    if last:
        said &= Q((f"{column}__lt", PartialDate.day(last.end)))
    return said
