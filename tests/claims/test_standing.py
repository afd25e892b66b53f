"""Where a claim stands, decision by decision."""

from datetime import timedelta

import pytest

from claims import roles
from claims.decide import reject
from claims.merge import merge_claims
from claims.models import Claim, Effect, Standing
from claims.publish import publish, submit, succeed, withdraw
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
    UserFactory,
    VerificationFactory,
)

pytestmark = pytest.mark.django_db


def standing(claim):
    found = Standing.objects.get(claim=claim)
    return found.basis, found.value


def rated(value="false", at=NOON, **fields):
    return VerificationFactory(
        rating=RatingFactory(value=value), published=True, published__at=at, **fields
    )


def test_of_which_nothing_is_known():
    assert standing(ClaimFactory(accepted=True)) == ("none", "unverified")


def test_every_claim_stands_somewhere():
    ClaimFactory(), ClaimFactory(accepted=True)
    assert Standing.objects.count() == Claim.objects.count() == 2


def test_a_draft_decides_nothing():
    claim = ClaimFactory(accepted=True)
    VerificationFactory(claims=[claim])
    assert standing(claim) == ("none", "unverified")


def test_it_is_the_rating_of_its_published_verification():
    assert standing(rated("false").claims.get()) == ("verification", "false")


def test_it_is_the_rating_of_the_latest_version():
    first = rated("false")
    second = succeed(first, UserFactory())
    second.rating = RatingFactory(value="true")
    second.save()
    submit(second, second.author)
    publish(second, UserFactory())
    assert standing(first.claims.get()) == ("verification", "true")


def test_a_verification_that_was_withdrawn_decides_nothing_any_more():
    verification = rated("false")
    withdraw(verification, UserFactory(role=roles.CHIEF), "Erreur de source.")
    assert standing(verification.claims.get()) == ("withdrawal", "withdrawn")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("confirms", "confirmed"),
        ("contradicts", "contradicted"),
        ("fulfils", "fulfilled"),
        ("partly_fulfils", "partly_fulfilled"),
        ("breaks", "broken"),
        ("overtakes", "overtaken"),
        ("retracts", "retracted"),
    ],
)
def test_a_development_decides(kind, value):
    assert standing(EffectFactory(kind=kind).claim) == ("development", value)


@pytest.mark.parametrize("kind", ["context", "clarifies"])
def test_what_gives_context_or_clarifies_decides_nothing(kind):
    assert standing(EffectFactory(kind=kind).claim) == ("none", "unverified")


def test_every_effect_either_decides_or_is_known_not_to():
    for kind in Effect.Kind.values:
        assert standing(EffectFactory(kind=kind).claim)[1] is not None


def test_a_proposed_effect_decides_nothing():
    assert standing(EffectFactory(proposed=True).claim) == ("none", "unverified")


def test_an_effect_of_a_proposed_development_decides_nothing():
    effect = EffectFactory(development=DevelopmentFactory())
    assert standing(effect.claim) == ("none", "unverified")


def test_a_development_that_rests_on_an_unpublished_claim_decides_nothing():
    development = DevelopmentFactory(accepted=True, document=None, claim=ClaimFactory())
    assert standing(EffectFactory(development=development).claim) == ("none", "unverified")


def event(day, **fields):
    return DevelopmentFactory(accepted=True, occurred_on=PartialDate.parse(day), **fields)


def test_the_latest_development_decides():
    claim = EffectFactory(kind="fulfils", development=event("2026-03-01")).claim
    EffectFactory(kind="breaks", development=event("2026-02-01"), claim=claim)
    assert standing(claim) == ("development", "fulfilled")


def test_what_happened_after_the_verification_outweighs_it():
    claim = rated("false").claims.get()
    EffectFactory(kind="confirms", development=event("2025-12-09"), claim=claim)
    assert standing(claim) == ("development", "confirmed")


@pytest.mark.parametrize("day", ["2025-12-07", "2025-12-08", "2025-12", "2025"])
def test_what_the_verification_could_know_is_in_it(day):
    claim = rated("false").claims.get()
    EffectFactory(kind="confirms", development=event(day), claim=claim)
    assert standing(claim) == ("verification", "false")


def test_a_forecast_is_open_until_its_day_is_over():
    assert standing(ForecastFactory(due_on=PartialDate.parse("2099")).claim) == ("forecast", "open")


def test_it_is_due_then():
    with record_clock(NOON):
        forecast = ForecastFactory(due_on=PartialDate.parse("2025-12-31"))
    assert standing(forecast.claim) == ("forecast", "due")


def test_the_outcome_of_its_forecast_outweighs_everything():
    with record_clock(NOON):
        forecast = ForecastFactory()
    rated("false", claims=[forecast.claim])
    development = event("2026-01-22")
    resolve(forecast, "kept", development.occurred_on, development, UserFactory())
    EffectFactory(kind="breaks", development=development, claim=forecast.claim)
    assert standing(forecast.claim) == ("outcome", "kept")


def test_a_verification_stands_for_confirmed_repeats():
    verification = rated("false")
    again = LinkFactory(earlier=verification.claims.get(), accepted=True).claim
    found = Standing.objects.get(claim=again)
    assert (found.value, found.through) == ("false", verification.claims.get())


def test_and_for_what_they_repeat():
    verification = rated("false")
    earlier = LinkFactory(claim=verification.claims.get(), accepted=True).earlier
    assert standing(earlier) == ("verification", "false")


def test_and_for_the_repeats_of_repeats():
    verification = rated("false")
    again = LinkFactory(earlier=verification.claims.get(), accepted=True).claim
    once_more = LinkFactory(earlier=again, accepted=True).claim
    assert standing(once_more) == ("verification", "false")


@pytest.mark.parametrize("fields", [{}, {"accepted": True, "kind": "contradicts"}])
def test_but_not_for_what_is_suggested_or_linked_otherwise(fields):
    other = LinkFactory(earlier=rated("false").claims.get(), **fields).claim
    assert standing(other) == ("none", "unverified")


def test_nor_through_a_claim_that_was_rejected():
    verification = rated("false")
    again = LinkFactory(earlier=verification.claims.get(), accepted=True).claim
    once_more = LinkFactory(earlier=again, accepted=True).claim
    reject(Claim.objects.filter(pk=again.pk), UserFactory())
    assert standing(once_more) == ("none", "unverified")


def test_a_claim_verified_itself_does_not_pass_on_the_verification_of_another():
    own, other = rated("true"), rated("false", at=NOON + timedelta(days=1))
    LinkFactory(claim=own.claims.get(), earlier=other.claims.get(), accepted=True)
    again = LinkFactory(earlier=own.claims.get(), accepted=True).claim
    assert standing(again) == ("verification", "true")


def test_what_has_not_happened_yet_decides_nothing():
    claim = EffectFactory(kind="fulfils", development=event("2099-01-01")).claim
    assert standing(claim) == ("none", "unverified")


def test_its_own_verification_comes_before_that_of_a_repeat():
    own = rated("true")
    LinkFactory(
        earlier=rated("false", at=NOON + timedelta(days=1)).claims.get(),
        claim=own.claims.get(),
        accepted=True,
    )
    assert standing(own.claims.get()) == ("verification", "true")


def test_a_withdrawn_verification_does_not_stand_for_repeats():
    verification = rated("false")
    again = LinkFactory(earlier=verification.claims.get(), accepted=True).claim
    withdraw(verification, UserFactory(role=roles.CHIEF), "Erreur de source.")
    assert standing(again) == ("none", "unverified")


def test_merged_claims_bring_their_developments():
    effect = EffectFactory(kind="fulfils")
    kept = ClaimFactory(accepted=True)
    merge_claims(effect.claim, kept, UserFactory(role=roles.CHIEF), "La même phrase.")
    assert standing(kept) == ("development", "fulfilled")


def test_it_is_told_in_the_readers_language(english):
    verification = rated("false")
    labels = [
        Standing.objects.get(claim=claim).label
        for claim in (
            verification.claims.get(),
            ClaimFactory(accepted=True),
            EffectFactory(kind="breaks").claim,
        )
    ]
    assert labels == [verification.rating.label_en, "not verified yet", "broken"]
