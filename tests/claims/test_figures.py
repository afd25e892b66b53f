"""What is counted of the whole record."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.timezone import make_aware

from claims import figures
from claims.models import Figure
from sources.partial_date import PartialDate
from tests.factories import (
    NOON,
    ClaimFactory,
    DocumentFactory,
    PositionFactory,
    RatingFactory,
    SpeakerFactory,
    VerificationFactory,
)
from tests.record import supersede, withdrawn

pytestmark = pytest.mark.django_db
TODAY = date(2025, 12, 10)  # a Wednesday
MONDAY = "2025-12-08"


def verified(rating="false", at=NOON, **fields):
    """A claim with a published verification."""
    claim = ClaimFactory(accepted=True, **fields)
    rating = RatingFactory(value=rating)
    VerificationFactory(claims=[claim], rating=rating, published=True, published__at=at)
    return claim


# By week and kind


def test_claims_are_counted_by_week_and_kind():
    for kind in ("fact", "fact", "opinion"):
        ClaimFactory(accepted=True, kind=kind)
    rows = figures.weeks(TODAY, None)["rows"]
    assert rows[-1] == [MONDAY, {"fact": 2, "opinion": 1}]


def test_every_one_of_the_last_weeks_is_there():
    rows = figures.weeks(TODAY, None)["rows"]
    assert [len(rows), rows[0], rows[-1]] == [26, ["2025-06-16", {}], [MONDAY, {}]]


@pytest.mark.parametrize(
    ("moment", "week"),
    [((2025, 12, 7, 23, 59), "2025-12-01"), ((2025, 12, 8, 0, 0), MONDAY)],
)
def test_a_week_begins_on_monday_here(moment, week):
    ClaimFactory(accepted=True, kind="fact", decided_at=make_aware(datetime(*moment)))
    assert [week, {"fact": 1}] in figures.weeks(TODAY, None)["rows"]


def test_candidates_are_not_counted():
    ClaimFactory()
    assert not any(kinds for _week, kinds in figures.weeks(TODAY, None)["rows"])


# Days to a verification


@pytest.mark.parametrize(
    ("said_on", "bin_"), [("2025-12-08", 0), ("2025-12-05", 2), ("2024-12-07", 8)]
)
def test_days_to_a_verification_are_put_into_bins(said_on, bin_):
    verified(said_on=PartialDate.parse(said_on))
    assert figures.delays(TODAY, None)["bins"][bin_] == 1


def test_the_median_is_told():
    for said_on in ("2025-12-08", "2025-12-06", "2025-12-01"):
        verified(said_on=PartialDate.parse(said_on))
    assert figures.delays(TODAY, None)["median"] == 2


def test_a_claim_of_no_known_day_is_left_out_and_told():
    verified(said_on=PartialDate.parse("2025-12"))
    assert figures.delays(TODAY, None) == {"bins": [0] * 9, "median": None, "undated": 1}


def test_a_claim_without_a_date_was_said_when_its_document_was_published():
    document = DocumentFactory(published_on=PartialDate.parse("2025-12-07"))
    verified(said_on=None, sentence__snapshot__document=document)
    assert figures.delays(TODAY, None)["median"] == 1


def test_the_first_verification_counts_not_its_successor():
    claim = verified(said_on=PartialDate.parse("2025-12-08"))
    supersede(claim.verifications.get(), NOON + timedelta(days=90))
    assert sum(figures.delays(TODAY, None)["bins"]) == 1
    assert figures.delays(TODAY, NOON + timedelta(days=1))["bins"] == [0] * 9


# By rating, speaker and organisation


def test_verified_claims_are_counted_by_rating():
    for rating in ("false", "false", "true"):
        verified(rating)
    assert figures.ratings(TODAY, None) == {"rows": {"false": 2, "true": 1}}


def test_one_that_was_superseded_or_withdrawn_is_not_counted():
    first = verified("false").verifications.get()
    supersede(first, rating=RatingFactory(value="true"))
    withdrawn(verified("false").verifications.get(), "Erreur.")
    assert figures.ratings(TODAY, None) == {"rows": {"true": 1}}


def test_what_was_published_before_is_not_counted():
    verified()
    assert figures.ratings(TODAY, NOON + timedelta(hours=1)) == {"rows": {}}


def test_verified_claims_are_counted_by_speaker_the_most_first():
    one, other = SpeakerFactory(), SpeakerFactory()
    verified("true", speaker=one)
    for rating in ("false", "true", "false"):
        verified(rating, speaker=other)
    assert figures.speakers(TODAY, None)["rows"] == [
        [other.name, other.public_id, {"false": 2, "true": 1}],
        [one.name, one.public_id, {"true": 1}],
    ]


def test_all_others_are_counted_together(monkeypatch):
    monkeypatch.setattr(figures, "SPEAKERS", 1)
    for _ in range(3):
        verified("true")
    table = figures.speakers(TODAY, None)
    assert (len(table["rows"]), table["rest"], table["none"]) == (1, {"true": 2}, {})


def test_what_documents_say_themselves_is_counted_apart():
    verified("true", speaker=None, quotation="none")
    assert figures.speakers(TODAY, None) == {"rows": [], "rest": {}, "none": {"true": 1}}


def party():
    return SpeakerFactory(kind="organisation", name="Parti")


def member(organisation, since=None, until=None, **fields):
    since, until = (text and PartialDate.parse(text) for text in (since, until))
    return PositionFactory(organisation=organisation, since=since, until=until, **fields).speaker


@pytest.mark.parametrize(
    ("since", "until", "counted"),
    [
        (None, None, True),
        ("2025-12-03", "2025-12-03", True),
        ("2025-12-04", None, False),
        (None, "2025-12-02", False),
        ("2026", None, False),
    ],
)
def test_it_counts_for_the_organisation_of_that_day(since, until, counted):
    verified("true", speaker=member(party(), since, until))
    table = figures.organisations(TODAY, None)
    assert (len(table["rows"]), table["none"]) == ((1, {}) if counted else (0, {"true": 1}))


def test_it_counts_once_for_an_organisation_with_two_positions():
    speaker = member(organisation := party())
    member(organisation, speaker=speaker, title="trésorière")
    verified("true", speaker=speaker)
    assert figures.organisations(TODAY, None)["rows"][0][2] == {"true": 1}


def test_an_organisation_that_speaks_counts_for_itself():
    verified("true", speaker=party())
    assert figures.organisations(TODAY, None)["rows"][0][0] == "Parti"


# What came in


def test_documents_are_counted_by_day():
    DocumentFactory()
    counted = figures.documents_by_day(timezone.localdate())
    assert list(counted.values()) == [0] * 13 + [1]


# Kept


def test_what_was_counted_is_kept():
    verified("true")
    figures.kept("all")
    verified("true")
    assert figures.kept("all")["ratings"].table == {"rows": {"true": 1}}


def test_counted_anew_all_of_it_is_of_now():
    figures.kept("all")
    verified("true")
    figures.count_anew()
    assert figures.kept("all")["ratings"].table == {"rows": {"true": 1}}
    assert Figure.objects.count() == 13


def test_each_period_has_its_own():
    verified("true", at=timezone.now() - timedelta(days=200))
    kept = {period: figures.kept(period)["ratings"].table["rows"] for period in figures.PERIODS}
    assert kept == {"quarter": {}, "year": {"true": 1}, "all": {"true": 1}}
