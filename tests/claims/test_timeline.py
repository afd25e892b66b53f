"""What became of a claim, in order, and where it stood from each point on."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from claims.correct import correct
from claims.models import Claim, Effect, Link
from claims.pages.claim import claim_page
from claims.pages.elsewhere import appearances_of, links_of
from claims.publish import still_holds
from claims.resolve import foresee, resolve
from claims.timeline import timeline
from sources.history import record_clock
from sources.partial_date import PartialDate
from tests.factories import (
    ClaimFactory,
    DevelopmentFactory,
    DocumentFactory,
    EffectFactory,
    LinkFactory,
    RatingFactory,
    SentenceFactory,
    UserFactory,
)
from tests.record import supersede, verify, withdrawn

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)


def noon(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC)


def said(day="2025-12-03", published="2025-12-04", **fields) -> Claim:
    """A claim said on that day, in a document of another."""
    document = DocumentFactory(published_on=published and PartialDate.parse(published))
    return ClaimFactory(
        accepted=True,
        sentence__snapshot__document=document,
        said_on=day and PartialDate.parse(day),
        **fields,
    )


def told(claim: Claim, today=TODAY):
    claim = claim_page(Claim.objects.published()).get(pk=claim.pk)
    links = [link for rows in links_of(claim).values() for link in rows]
    return timeline(claim, today, claim.published_verifications, appearances_of(claim), links)


def kinds(claim: Claim, **fields) -> list[str]:
    return [entry.kind for entry in told(claim, **fields)]


def appears(claim: Claim, day: str | None):
    document = DocumentFactory(published_on=day and PartialDate.parse(day))
    claim.appearances.create(sentence=SentenceFactory(snapshot__document=document))
    return document


def happens(claim: Claim, day: str, kind="contradicts", **fields) -> Effect:
    with record_clock(noon("2026-11-20")):
        return EffectFactory(
            claim=claim, kind=kind, development__occurred_on=PartialDate.parse(day), **fields
        )


def settled(claim: Claim, outcome: str, at: str):
    """The outcome of its forecast, recorded that day."""
    with record_clock(noon(at)):
        event = DevelopmentFactory(accepted=True, occurred_on=PartialDate.parse(at))
        resolve(claim.forecast, outcome, PartialDate.parse(at), event, UserFactory())


class TestTheOrder:
    def test_begins_with_the_words_and_the_document_they_are_in(self):
        assert kinds(said()) == ["said", "reported"]

    def test_of_words_of_an_unknown_day_begins_with_the_document(self):
        assert kinds(said(day=None)) == ["reported"]

    def test_of_what_a_document_says_itself_tells_of_it_once(self):
        claim = said(day=None, speaker=None, quotation="none")
        assert [(entry.kind, str(entry.date)) for entry in told(claim)] == [
            ("said", "4 décembre 2025")
        ]

    @pytest.mark.parametrize("published", ["2025-12", "2025", None])
    def test_has_no_report_before_the_words(self, published):
        assert kinds(said(published=published)) == ["said", "reported"]

    @pytest.mark.parametrize(
        ("day", "place"), [("2025-12-01", 1), ("2025-12", 1), ("2025-12-05", 2), (None, 1)]
    )
    def test_puts_reports_where_their_days_are(self, day, place):
        claim = said()
        document = appears(claim, day)
        assert [entry.row for entry in told(claim)].index(document) == place - (day == "2025-12-01")

    def test_puts_what_was_said_before_first_and_what_was_said_again_after(self):
        claim = said()
        before = LinkFactory(accepted=True, claim=claim, earlier=said("2025"))
        again = LinkFactory(accepted=True, claim=said("2025-12"), earlier=claim)
        rows = [entry.row for entry in told(claim) if entry.kind in ("linked", "said")]
        assert rows == [before, claim, again]

    def test_puts_a_day_without_an_hour_before_what_has_one(self):
        claim = said()
        verify(claim, at=noon("2025-12-10"))
        happens(claim, "2025-12-10")
        assert kinds(claim)[2:] == ["happened", "verified"]

    @pytest.mark.parametrize(
        ("day", "order"),
        [
            ("2025-12", ["happened", "verified"]),
            ("2025-12-11", ["verified", "happened"]),
            ("2026", ["verified", "happened"]),
        ],
    )
    def test_puts_a_month_and_a_year_where_they_begin(self, day, order):
        claim = said()
        verify(claim, at=noon("2025-12-10"))
        happens(claim, day)
        assert [kind for kind in kinds(claim) if kind in order] == order

    def test_tells_all_that_was_done_with_a_verification(self):
        claim = said()
        first = verify(claim, at=noon("2025-12-10"))
        with record_clock(noon("2025-12-11")):
            still_holds(first, date(2027, 1, 1), "Relu.", UserFactory())
        second = supersede(first, at=noon("2025-12-12"))
        with record_clock(noon("2025-12-13")):
            correct(second, "update", "Une source de plus.", UserFactory())
        withdrawn(second, "Un faux.", at=noon("2025-12-14"))
        assert kinds(claim)[2:] == ["verified", "rechecked", "verified", "corrected", "withdrawn"]

    def test_tells_versions_of_one_moment_in_their_order(self):
        claim = said()
        first = verify(claim, at=noon("2025-12-10"))
        second = supersede(first, at=noon("2025-12-10"))
        assert [entry.row for entry in told(claim)][2:] == [first, second]

    def test_tells_corrections_of_the_claim_and_of_what_happened(self):
        claim = said()
        effect = happens(claim, "2025-12-20")
        with record_clock(noon("2025-12-21")):
            correct(claim, "update", "Le jour.", UserFactory())
            correct(effect.development, "update", "Le lieu.", UserFactory())
        assert kinds(claim)[2:] == ["happened", "corrected", "corrected"]

    def test_tells_criteria_then_the_end_of_the_period_then_every_outcome(self):
        claim = said()
        with record_clock(noon("2025-12-05")):
            foresee(claim, PartialDate.parse("2026-01"), "Selon le rectorat.", UserFactory())
        settled(claim, "broken", "2026-01-30")
        settled(claim, "kept_late", "2026-03-01")
        rows = [(e.kind, getattr(e.row, "outcome", "")) for e in told(claim)[3:]]
        assert kinds(claim)[2] == "foreseen"
        assert rows == [("resolved", "broken"), ("due", "kept_late"), ("resolved", "kept_late")]

    def test_ends_with_what_is_to_come(self):
        claim = said()
        with record_clock(noon("2025-12-05")):
            foresee(claim, PartialDate.parse("2026"), "Selon le rectorat.", UserFactory())
        verify(claim, at=noon("2026-01-10"))
        assert [(e.kind, e.ahead) for e in told(claim)][-2:] == [("verified", False), ("due", True)]

    def test_does_not_wait_for_a_day_that_no_longer_matters(self):
        claim = said()
        with record_clock(noon("2025-12-05")):
            foresee(claim, PartialDate.parse("2026-12-31"), "Selon le rectorat.", UserFactory())
        settled(claim, "kept", "2026-03-01")
        assert "due" not in kinds(claim)


def standings(claim: Claim, **fields) -> list[tuple[str, str]]:
    return [(e.kind, e.standing.value) for e in told(claim, **fields) if e.standing]


class TestWhereItStood:
    def test_is_told_where_it_changed_only(self):
        claim = said()
        first = verify(claim, at=noon("2025-12-10"))
        second = supersede(first, at=noon("2025-12-11"))
        supersede(second, at=noon("2025-12-12"), rating=RatingFactory(value="true"))
        assert standings(claim) == [("verified", "imprecise"), ("verified", "true")]

    def test_moves_with_what_happened_after_a_finding_until_the_next(self):
        claim = said()
        first = verify(claim, at=noon("2025-12-10"))
        happens(claim, "2025-12-20")
        supersede(first, at=noon("2026-01-10"))
        assert standings(claim) == [
            ("verified", "imprecise"), ("happened", "contradicted"), ("verified", "imprecise"),
        ]  # fmt: skip

    def test_is_not_moved_by_what_only_gives_context(self):
        claim = said()
        happens(claim, "2025-12-20", kind="context")
        assert standings(claim) == []

    def test_is_not_moved_by_what_has_not_happened_yet(self):
        claim = said()
        happens(claim, "2026-12-20")
        assert (standings(claim), told(claim)[-1].ahead) == ([], True)

    def test_falls_back_when_a_verification_is_withdrawn(self):
        claim = said()
        happens(claim, "2025-12-05")
        withdrawn(verify(claim, at=noon("2025-12-10")), "Un faux.", at=noon("2025-12-12"))
        assert standings(claim) == [
            ("happened", "contradicted"), ("verified", "imprecise"), ("withdrawn", "contradicted"),
        ]  # fmt: skip

    def test_of_a_forecast_is_open_then_due_then_its_outcome(self):
        claim = said()
        with record_clock(noon("2025-12-05")):
            foresee(claim, PartialDate.parse("2026-01"), "Selon le rectorat.", UserFactory())
        settled(claim, "kept_late", "2026-03-01")
        assert standings(claim) == [
            ("foreseen", "open"), ("due", "due"), ("resolved", "kept_late"),
        ]  # fmt: skip

    def test_is_told_through_the_verification_of_what_it_repeats(self):
        claim, earlier = said(), said("2025-11-01")
        LinkFactory(accepted=True, claim=claim, earlier=earlier)
        verify(earlier, at=noon("2025-12-10"))
        assert standings(claim) == [("verified_through", "imprecise")]

    @pytest.mark.parametrize("seed", range(4))
    def test_ends_where_the_record_says_that_it_stands(self, seed):
        """Whatever became of it: the view has the last word."""
        claims = [_any_life(random.Random(100 * seed + number)) for number in range(4)]
        today = datetime.now(UTC).date()
        for claim in claims:
            claim.refresh_from_db()
            stood = [value for _kind, value in standings(claim, today=today)]
            assert [*stood, "unverified"][max(len(stood) - 1, 0)] == claim.standing.value, claim


def _any_life(chance: random.Random) -> Claim:
    """A claim to which several things happened, in any order that the record allows."""
    claim = said()
    if chance.random() < 0.3:
        earlier = said("2025-11-01")
        LinkFactory(accepted=True, claim=claim, earlier=earlier)
        verify(earlier, at=noon("2025-12-09"), rating=RatingFactory(value="false"))
    day, current, foreseen = date(2025, 12, 8), None, False
    for _step in range(chance.randint(1, 7)):
        day += timedelta(days=chance.randint(0, 40))
        at = noon(day.isoformat())
        match chance.choice(["verify", "happen", "happen", "foresee", "resolve", "withdraw"]):
            case "verify":
                rating = RatingFactory(value=chance.choice(["true", "imprecise", "false"]))
                verified = supersede if current else verify
                current = verified(current or claim, at=at, rating=rating)
            case "withdraw" if current and not hasattr(current, "withdrawal"):
                withdrawn(current, "Un faux.", at=at)
            case "happen":
                form = chance.choice(["%Y-%m-%d", "%Y-%m", "%Y"])
                happens(claim, day.strftime(form), kind=chance.choice(Effect.Kind.values))
            case "foresee" if not foreseen:
                foreseen = True
                due = PartialDate.day(day + timedelta(days=chance.randint(1, 90)))
                with record_clock(at):
                    foresee(claim, due, "Selon le rectorat.", UserFactory())
            case "resolve" if foreseen and at > claim.forecast.written_at:
                settled(claim, chance.choice(["kept", "broken"]), day.isoformat())
    return claim


def test_needs_nothing_of_the_database(django_assert_num_queries):
    claim = said()
    verify(claim, at=noon("2025-12-10"))
    happens(claim, "2025-12-20")
    LinkFactory(accepted=True, claim=said("2026"), earlier=claim)
    claim = claim_page(Claim.objects.published()).get(pk=claim.pk)
    links, appearances = links_of(claim), appearances_of(claim)
    with django_assert_num_queries(0):
        timeline(claim, TODAY, claim.published_verifications, appearances, links[Link.Kind.REPEATS])
