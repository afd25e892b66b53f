from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from claims import decide, roles
from claims.gates import Closed
from claims.merge import NotMergeable, merge_claims, merge_speakers, undo
from claims.models import (
    Alias,
    Appearance,
    Claim,
    ClaimMerge,
    Effect,
    Forecast,
    Link,
    Position,
)
from claims.publish import publish, submit
from claims.record import RECORDING
from sources.history import record_clock
from sources.locks import hold
from sources.partial_date import PartialDate
from tests.factories import (
    NOON,
    ClaimFactory,
    DevelopmentFactory,
    EffectFactory,
    EvidenceFactory,
    ForecastFactory,
    LinkFactory,
    PositionFactory,
    SpeakerFactory,
    UserFactory,
    VerificationFactory,
)

pytestmark = pytest.mark.django_db
WHY = "La même personne."


@pytest.fixture
def chief():
    return UserFactory(role=roles.CHIEF)


def rows():
    """Everything a merge may touch, to the last value."""
    models = (Alias, Appearance, Claim, Effect, Forecast, Link, Position)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def test_what_one_speaker_said_the_other_said(chief):
    claim, kept = ClaimFactory(), SpeakerFactory()
    merge_speakers(claim.speaker, kept, chief, WHY)
    claim.refresh_from_db()
    assert claim.speaker == kept


def test_a_claim_that_was_rejected_is_merged_and_is_rejected_again_when_that_is_undone(chief):
    claim, kept = ClaimFactory(), ClaimFactory()
    decide.reject(Claim.objects.filter(pk=claim.pk), chief, because="duplicate")
    merge = merge_claims(claim, kept, chief, WHY)
    claim.refresh_from_db()
    assert (claim.status, claim.rejected_because) == ("merged", "")
    undo(merge, chief, WHY)
    claim.refresh_from_db()
    assert (claim.status, claim.rejected_because) == ("rejected", "duplicate")


def test_an_editor_merges_a_candidate_and_takes_that_back():
    editor = UserFactory()
    merge = merge_claims(ClaimFactory(), ClaimFactory(accepted=True), editor, WHY)
    undo(merge, editor, WHY)
    assert not ClaimMerge.objects.standing().exists()


def test_an_editor_does_not_undo_the_merge_of_another(chief):
    merge = merge_claims(ClaimFactory(), ClaimFactory(), chief, WHY)
    with pytest.raises(PermissionDenied):
        undo(merge, UserFactory(), WHY)


def test_the_name_of_the_merged_speaker_is_an_alias(chief):
    merged, kept = SpeakerFactory(name="J. Roux"), SpeakerFactory(name="Jeanne Roux")
    merge_speakers(merged, kept, chief, WHY)
    assert [alias.name for alias in kept.aliases.all()] == ["J. Roux"]


def test_its_positions_are_taken_over_once(chief):
    kept = PositionFactory(title="maire").speaker
    merged = PositionFactory(title="maire").speaker
    PositionFactory(title="députée", speaker=merged)
    merge_speakers(merged, kept, chief, WHY)
    assert sorted(position.title for position in kept.positions.all()) == ["députée", "maire"]


def test_positions_in_a_merged_organisation_are_positions_in_the_other(chief):
    merged, kept = SpeakerFactory(kind="organisation"), SpeakerFactory(kind="organisation")
    position = PositionFactory(organisation=merged)
    merge_speakers(merged, kept, chief, WHY)
    position.refresh_from_db()
    assert position.organisation == kept


def test_ambiguity_that_is_gone_is_gone(chief):
    merged, kept = SpeakerFactory(), SpeakerFactory()
    claim = ClaimFactory(speaker=None)
    claim.possible_speakers.set([merged, kept])
    merge_speakers(merged, kept, chief, WHY)
    assert list(claim.possible_speakers.exclude(pk=merged.pk)) == [kept]


def test_a_speaker_is_merged_once(chief):
    merged = SpeakerFactory()
    merge_speakers(merged, SpeakerFactory(), chief, WHY)
    with pytest.raises(NotMergeable):
        merge_speakers(merged, SpeakerFactory(), chief, WHY)


def test_nothing_is_merged_into_what_is_merged(chief):
    gone = SpeakerFactory()
    merge_speakers(gone, SpeakerFactory(), chief, WHY)
    with pytest.raises(NotMergeable):
        merge_speakers(SpeakerFactory(), gone, chief, WHY)


def test_undone_all_is_as_before(chief):
    claim, kept = ClaimFactory(), SpeakerFactory()
    PositionFactory(speaker=claim.speaker)
    before = rows()
    undo(merge_speakers(claim.speaker, kept, chief, WHY), chief, "Deux personnes.")
    assert rows() == before


def test_undone_it_can_be_merged_again(chief):
    merged = SpeakerFactory()
    undo(merge_speakers(merged, SpeakerFactory(), chief, WHY), chief, "Deux personnes.")
    assert merge_speakers(merged, SpeakerFactory(), chief, WHY).pk


def test_undone_what_was_decided_since_stands(chief):
    claim, kept, third = ClaimFactory(), SpeakerFactory(), SpeakerFactory()
    merge = merge_speakers(claim.speaker, kept, chief, WHY)
    Claim.objects.update(speaker=third)
    undo(merge, chief, "Deux personnes.")
    claim.refresh_from_db()
    assert claim.speaker == third


def test_what_was_changed_besides_in_the_meantime_stays(chief):
    claim = ClaimFactory()
    first = claim.speaker
    merge = merge_speakers(first, SpeakerFactory(), chief, WHY)
    Claim.objects.update(wording="Deux écoles ouvriront.")
    undo(merge, chief, "Deux personnes.")
    claim.refresh_from_db()
    assert (claim.speaker, claim.wording) == (first, "Deux écoles ouvriront.")


def test_two_merges_in_a_row_are_undone_one_by_one(chief):
    kept = SpeakerFactory()
    one, other = ClaimFactory(), ClaimFactory()
    merge_speakers(one.speaker, kept, chief, WHY)
    speaker = other.speaker
    undo(merge_speakers(speaker, kept, chief, WHY), chief, "Deux personnes.")
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.speaker, other.speaker) == (kept, speaker)


def test_a_merged_claim_is_not_public(chief):
    merged, kept = ClaimFactory(accepted=True), ClaimFactory(accepted=True)
    merge_claims(merged, kept, chief, WHY)
    assert list(Claim.objects.published()) == [kept]


def test_the_kept_claim_appeared_where_the_merged_one_did(chief):
    merged, kept = ClaimFactory(accepted=True), ClaimFactory(accepted=True)
    merge_claims(merged, kept, chief, WHY)
    assert kept.appearances.get().sentence == merged.sentence


def test_what_bears_on_the_merged_claim_bears_on_the_kept_one(chief):
    effect, kept = EffectFactory(), ClaimFactory(accepted=True)
    merge_claims(effect.claim, kept, chief, WHY)
    assert kept.effects.get() == effect


def test_its_forecast_is_taken_over(chief):
    forecast, kept = ForecastFactory(), ClaimFactory(accepted=True)
    merge_claims(forecast.claim, kept, chief, WHY)
    forecast.refresh_from_db()
    assert forecast.claim == kept


def test_a_forecast_the_kept_claim_has_stays_its_own(chief):
    forecast, kept = ForecastFactory(), ForecastFactory().claim
    merge_claims(forecast.claim, kept, chief, WHY)
    kept.refresh_from_db()
    assert kept.forecast != forecast


def test_its_links_are_taken_over(chief):
    link, kept = LinkFactory(accepted=True), ClaimFactory(accepted=True)
    merge_claims(link.claim, kept, chief, WHY)
    assert kept.links.get() == link


def test_a_link_between_the_two_does_not_become_one_with_itself(chief):
    link = LinkFactory(accepted=True)
    merge_claims(link.claim, link.earlier, chief, WHY)
    assert not link.earlier.links.exists()


def test_a_verified_claim_is_kept_not_merged(chief):
    verified = VerificationFactory(published=True).claims.get()
    with pytest.raises(Closed) as refused:
        merge_claims(verified, ClaimFactory(accepted=True), chief, WHY)
    assert refused.value.name == "claim_verified_stays_accepted"


def test_the_draft_about_a_merged_claim_is_about_the_kept_one(chief):
    merged, kept = ClaimFactory(accepted=True), ClaimFactory(accepted=True)
    draft = VerificationFactory(claims=[merged])
    merge_claims(merged, kept, chief, WHY)
    assert draft.claims.get() == kept


def test_a_merge_of_claims_is_undone_to_the_last_value(chief):
    claim = EffectFactory().claim
    LinkFactory(claim=claim), ForecastFactory(claim=claim), LinkFactory(earlier=claim)
    kept = LinkFactory().claim
    before = rows()
    merge = merge_claims(claim, kept, chief, WHY)
    changed = rows() != before
    undo(merge, chief, "Deux phrases.")
    assert (changed, rows() == before) == (True, True)


def test_an_address_that_is_public_is_kept(chief):
    with pytest.raises(NotMergeable):
        merge_claims(ClaimFactory(accepted=True), ClaimFactory(), chief, WHY)


def test_a_development_that_is_the_merged_claim_does_not_bear_on_itself(chief):
    merged, kept = ClaimFactory(accepted=True), ClaimFactory(accepted=True)
    development = DevelopmentFactory(accepted=True, document=None, claim=merged)
    EffectFactory(development=development, claim=kept)
    merge_claims(merged, kept, chief, WHY)
    assert not kept.effects.filter(development__claim=kept).exists()


def test_a_forecast_whose_time_has_come_stays_where_it_was_written(chief):
    with record_clock(NOON):
        forecast = ForecastFactory(due_on=PartialDate.parse("2025"))
    merge_claims(forecast.claim, ClaimFactory(accepted=True), chief, WHY)
    forecast.refresh_from_db()
    assert forecast.claim.status == Claim.Status.MERGED


def test_a_merge_is_undone_once(chief):
    merge = merge_speakers(SpeakerFactory(), SpeakerFactory(), chief, WHY)
    undo(merge, chief, "Deux personnes.")
    with pytest.raises(NotMergeable):
        undo(merge, chief, "Deux personnes.")


def test_of_merges_in_a_chain_the_last_is_undone_first(chief):
    one, other, last = SpeakerFactory(), SpeakerFactory(), SpeakerFactory()
    first = merge_speakers(one, other, chief, WHY)
    merge_speakers(other, last, chief, WHY)
    with pytest.raises(NotMergeable):
        undo(first, chief, "Deux personnes.")


def test_what_a_gate_holds_stays_and_the_rest_is_undone(chief):
    merged, kept = ClaimFactory(accepted=True), ClaimFactory(accepted=True)
    draft = VerificationFactory(claims=[merged])
    merge = merge_claims(merged, kept, chief, WHY)
    EvidenceFactory(verification=draft)
    submit(draft, draft.author)
    publish(draft, UserFactory())
    held = undo(merge, chief, "Deux phrases.")
    merged.refresh_from_db()
    assert (len(held), draft.claims.get(), merged.status) == (1, kept, Claim.Status.ACCEPTED)


def test_an_alias_edited_since_stays(chief):
    merged, kept = SpeakerFactory(name="J. Roux"), SpeakerFactory()
    merge = merge_speakers(merged, kept, chief, WHY)
    Alias.objects.update(name="Jeanne R.")
    undo(merge, chief, "Deux personnes.")
    assert kept.aliases.get().name == "Jeanne R."


def test_what_was_entered_anew_meanwhile_is_not_doubled(chief):
    link = LinkFactory(accepted=True)
    merged, kept = link.claim, ClaimFactory(accepted=True)
    merge = merge_claims(merged, kept, chief, WHY)
    anew = LinkFactory(claim=merged, earlier=link.earlier)
    held = undo(merge, chief, "Deux phrases.")
    link.refresh_from_db()
    assert (len(held), link.claim, merged.links.get()) == (1, kept, anew)


@pytest.mark.django_db(transaction=True)
def test_nobody_is_merged_while_something_is_recorded(chief):
    merged, kept = SpeakerFactory(), SpeakerFactory()

    def merge():
        try:
            merge_speakers(merged, kept, chief, WHY)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            hold([RECORDING])
            merging = pool.submit(merge)
            with pytest.raises(TimeoutError):
                merging.result(timeout=0.5)
        merging.result(timeout=20)
