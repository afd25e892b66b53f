"""What became of a speaker's claims, counted."""

import pytest

from claims import figures, track
from claims.models import Claim, Effect, Figure, Forecast
from claims.resolve import resolve
from sources.history import record_clock
from sources.partial_date import PartialDate
from tests.factories import (
    NOON,
    ClaimFactory,
    DevelopmentFactory,
    EffectFactory,
    ForecastFactory,
    LinkFactory,
    RatingFactory,
    SpeakerFactory,
    UserFactory,
)
from tests.record import supersede, verify, withdrawn

pytestmark = pytest.mark.django_db


@pytest.fixture
def speaker():
    return SpeakerFactory()


def said(speaker, kind=Claim.Kind.COMMITMENT, **fields):
    return ClaimFactory(accepted=True, speaker=speaker, kind=kind, **fields)


def counted(speaker):
    return track.track(speaker, many=False)


def test_verified_claims_are_counted_by_rating(speaker):
    false = RatingFactory(value="false")
    verify(said(speaker), said(speaker), rating=false)
    verify(said(speaker))
    verify(said(SpeakerFactory()), rating=false)
    assert counted(speaker).ratings == {"false": 2, "imprecise": 1}


def test_the_finding_in_force_counts(speaker):
    supersede(verify(said(speaker)), rating=RatingFactory(value="false"))
    withdrawn(verify(said(speaker)), "Faux.")
    assert counted(speaker).ratings == {"false": 1}


def test_what_happened_since_does_not_change_the_rating_that_counts(speaker):
    claim = said(speaker)
    verify(claim)
    EffectFactory(claim=claim, kind=Effect.Kind.CONTRADICTS)
    assert counted(speaker).ratings == {"imprecise": 1}


def test_a_repeat_of_what_was_verified_is_counted_apart(speaker):
    verified = said(SpeakerFactory())
    verify(verified)
    LinkFactory(accepted=True, claim=said(speaker), earlier=verified)
    LinkFactory(accepted=True, claim=said(speaker), earlier=said(SpeakerFactory()))
    LinkFactory(claim=said(speaker), earlier=verified)
    found = counted(speaker)
    assert (found.ratings, found.repeats) == ({}, 1)


def test_commitments_are_counted_by_what_they_stand_by(speaker):
    with record_clock(NOON):
        kept = ForecastFactory(claim=said(speaker), due_on=PartialDate.parse("2026-01"))
    resolve(
        kept,
        outcome=Forecast.Outcome.KEPT,
        resolved_on=PartialDate.parse("2026-01"),
        development=DevelopmentFactory(accepted=True),
        by=UserFactory(),
    )
    EffectFactory(claim=said(speaker), kind=Effect.Kind.BREAKS)
    ForecastFactory(claim=said(speaker), due_on=PartialDate.parse("2199"))
    assert sorted(counted(speaker).judged) == [
        ("commitment", "development", "broken", 1),
        ("commitment", "forecast", "open", 1),
        ("commitment", "outcome", "kept", 1),
    ]


def test_what_nothing_decides_is_told_by_kind(speaker):
    EffectFactory(claim=said(speaker), kind=Effect.Kind.BREAKS)
    EffectFactory(claim=said(speaker), kind=Effect.Kind.CONTEXT)
    verify(said(speaker))
    said(speaker, Claim.Kind.PREDICTION)
    found = counted(speaker)
    assert [found.unjudged(kind) for kind in ("commitment", "prediction", "fact")] == [2, 1, 0]


def test_only_what_the_public_may_see_is_counted(speaker):
    said(speaker)
    ClaimFactory(speaker=speaker)
    assert counted(speaker).kinds == {"commitment": 1}


def test_of_many_claims_it_is_kept_until_it_is_counted_anew(speaker, monkeypatch):
    monkeypatch.setattr(track, "MANY", 1)
    verify(said(speaker), said(speaker))
    first = track.track(speaker, many=True)
    verify(said(speaker))
    assert track.track(speaker, many=True).ratings == first.ratings == {"imprecise": 2}
    track.count_anew()
    assert track.track(speaker, many=True).ratings == {"imprecise": 3}


def test_what_is_kept_is_what_is_counted(speaker):
    EffectFactory(claim=said(speaker), kind=Effect.Kind.BREAKS)
    verify(said(speaker))
    kept = track.track(speaker, many=True)
    assert kept.counted_at is not None
    assert kept.unjudged("commitment") == counted(speaker).unjudged("commitment") == 1


def test_of_few_claims_nothing_is_kept(speaker):
    verify(said(speaker))
    track.count_anew()
    assert not Figure.objects.exists()


def test_the_figures_of_the_record_are_others(speaker):
    verify(said(speaker))
    track.track(speaker, many=True)
    assert set(figures.kept(Figure.Period.ALL)) == set(figures.FIGURES)
