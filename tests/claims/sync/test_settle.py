"""The change log: what it tells of which change."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.decide import reject
from claims.merge import merge_speakers
from claims.models import Change, ChangeLog, Claim, Follower, PublicChange
from claims.public_changes import note_every_row
from claims.sync.settle import ORDER, RESOURCES, settle
from sources.models import Document
from sources.partial_date import PartialDate
from tests.factories import (
    ClaimFactory,
    DevelopmentFactory,
    EffectFactory,
    ForecastFactory,
    LinkFactory,
    PositionFactory,
    RatingFactory,
    ScaleFactory,
    SnapshotFactory,
    SpeakerFactory,
    UserFactory,
)
from tests.raw_sql import committed, correction, sql
from tests.record import supersede, verify

pytestmark = pytest.mark.django_db


def told() -> list[tuple[str, str]]:
    """Resource and id of what the log tells since it was last asked; what is gone as "-id"."""
    committed()
    before = ChangeLog.objects.values_list("number", flat=True).first() or 0
    settle()
    found = Change.objects.filter(number__gt=before)
    return [(one.resource, f"{'-' * one.gone}{one.public_id}") for one in found]


@pytest.fixture
def claim():
    """A public one, and the log has told of it."""
    claim = ClaimFactory(accepted=True)
    told()
    return claim


def test_everything_that_is_public_with_a_claim_is_told_and_what_is_referred_to_first():
    told()
    claim = ClaimFactory(accepted=True)
    document = claim.document
    sentence = f"{document.public_id}-{claim.sentence.snapshot.sha256[:8]}-0"
    assert told() == [
        ("publishers", document.publisher.public_id),
        ("documents", document.public_id),
        ("sentences", sentence),
        ("speakers", claim.speaker.public_id),
        ("claims", claim.public_id),
    ]


def test_what_there_was_before_the_log_began_is_in_it():
    ClaimFactory(accepted=True)
    verify(ClaimFactory(accepted=True))
    Change.objects.all().delete()
    PublicChange.objects.all().delete()
    ChangeLog.objects.all().delete()
    settle()
    for name, resource in RESOURCES.items():
        assert Change.objects.filter(resource=name).count() == resource.published().count()
    assert {"claims", "evidence", "ratings"} <= set(
        Change.objects.values_list("resource", flat=True)
    )


def test_every_resource_has_its_place():
    assert sorted(ORDER) == sorted(RESOURCES)


def test_numbers_have_no_gap(claim):
    for wording in "abc":
        sql("UPDATE claims_claim SET wording = %s WHERE id = %s", wording, claim.pk)
        told()
    numbers = list(Change.objects.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert ChangeLog.objects.get().number == numbers[-1]


def test_nothing_is_told_of_what_nobody_sees(claim):
    candidate = ClaimFactory()
    sql("UPDATE claims_claim SET wording = 'Autrement.' WHERE id = %s", candidate.pk)
    DevelopmentFactory()
    PositionFactory(speaker=candidate.speaker)
    assert told() == []


def test_nothing_is_told_twice(claim):
    assert told() == []


def test_a_claim_that_is_taken_out_takes_out_what_was_public_with_it(claim):
    sql("UPDATE claims_claim SET status = 'rejected' WHERE id = %s", claim.pk)
    gone = told()
    assert ("claims", f"-{claim.public_id}") in gone
    assert {name for name, _id in gone} == {
        "publishers", "documents", "sentences", "speakers", "claims",
    }  # fmt: skip
    assert all(row.startswith("-") for _name, row in gone)
    sql("UPDATE claims_claim SET status = 'accepted' WHERE id = %s", claim.pk)
    assert ("claims", claim.public_id) in told()


def test_what_ends_with_it_in_one_transaction_is_told(claim):
    forecast = ForecastFactory(claim=claim)
    assert ("forecasts", claim.public_id) in told()
    sql("UPDATE claims_claim SET status = 'rejected' WHERE id = %s", claim.pk)
    sql("DELETE FROM claims_forecast WHERE id = %s", forecast.pk)
    assert ("forecasts", f"-{claim.public_id}") in told()


def test_a_verification_is_told_with_its_evidence_and_with_what_it_stands_for(claim):
    repeat = ClaimFactory(accepted=True)
    LinkFactory(accepted=True, claim=repeat, earlier=claim)
    RatingFactory()
    told()
    verification = verify(claim)
    found = told()
    for row in (("claims", claim), ("claims", repeat), ("verifications", verification)):
        assert (row[0], row[1].public_id) in found
    assert ("evidence", f"{verification.public_id}-1") in found
    assert ("documents", verification.evidence.get().document.public_id) in found
    supersede(verification)
    assert ("verifications", verification.public_id) in told()


def test_the_log_remembers_where_a_claim_stood(claim):
    verify(claim, rating=RatingFactory(value="false"))
    told()
    last = Change.objects.filter(resource="claims", row=claim.pk).last()
    assert last.standing == "verification false"


def test_a_forecast_that_moves_is_told_under_both_its_ids(claim):
    other = ClaimFactory(accepted=True)
    forecast = ForecastFactory(claim=claim)
    told()
    sql("UPDATE claims_forecast SET claim_id = %s WHERE id = %s", other.pk, forecast.pk)
    found = told()
    gone, new = ("forecasts", f"-{claim.public_id}"), ("forecasts", other.public_id)
    assert found.index(gone) < found.index(new)


def test_the_name_of_an_organisation_is_told_with_those_who_hold_office_there(claim):
    organisation = SpeakerFactory(kind="organisation")
    PositionFactory(speaker=claim.speaker, organisation=organisation)
    told()
    sql("UPDATE claims_speaker SET name = 'Autre' WHERE id = %s", organisation.pk)
    assert ("speakers", claim.speaker.public_id) in told()


def test_a_correction_is_told_and_again_when_its_claim_is_rejected(claim):
    correction("claim_id", claim)
    assert "corrections" in dict(told())
    sql(
        "UPDATE claims_claim SET status = 'candidate', decided_by_id = NULL, decided_at = NULL"
        " WHERE id = %s",
        claim.pk,
    )
    assert "corrections" in dict(told())
    reject(Claim.objects.filter(pk=claim.pk), UserFactory())
    assert "corrections" in dict(told())


def test_a_correction_is_told_again_when_its_development_is_taken_back():
    development = DevelopmentFactory(accepted=True)
    correction("development_id", development)
    told()
    sql("UPDATE claims_development SET status = 'refused' WHERE id = %s", development.pk)
    assert "corrections" in dict(told())


def test_an_unnamed_source_is_told_where_its_document_is_public_no_longer(claim):
    other = ClaimFactory(accepted=True)
    source = SpeakerFactory(kind="anonymous", name="une source", within=other.document)
    sql("UPDATE claims_claim SET speaker_id = %s WHERE id = %s", source.pk, claim.pk)
    told()
    reject(Claim.objects.filter(pk=other.pk), UserFactory())
    assert ("speakers", source.public_id) in told()


def test_another_name_of_a_rating_is_told_under_both_its_ids():
    ScaleFactory(version=7)
    told()
    sql("UPDATE claims_rating SET value = 'other' WHERE value = 'true'")
    found = told()
    assert found.index(("ratings", "-7-true")) < found.index(("ratings", "7-other"))


def test_the_publisher_that_a_document_had_is_told(claim):
    former = claim.document.publisher
    other = Document.objects.get(pk=claim.document.pk)
    SnapshotFactory(document__publisher__name="Autre journal")
    publisher = Document.objects.latest("pk").publisher
    sql("UPDATE sources_document SET publisher_id = %s WHERE id = %s", publisher.pk, other.pk)
    found = told()
    assert ("publishers", f"-{former.public_id}") in found
    assert ("publishers", publisher.public_id) in found


def test_who_was_merged_is_gone(claim):
    kept = ClaimFactory(accepted=True).speaker
    told()
    merge_speakers(claim.speaker, kept, UserFactory(role="chief"), "La même.")
    assert {("speakers", f"-{claim.speaker.public_id}"), ("speakers", kept.public_id)} <= set(
        told()
    )


class TestByTheDayAlone:
    def in_days(self, days: int) -> list[tuple[str, str]]:
        day = date.today() + timedelta(days=days)
        sql("SELECT set_config('constat.clock', %s, true)", f"{day}T12:00:00+00:00")
        return told()

    def test_a_forecast_comes_due(self):
        due = PartialDate.day(date.today() + timedelta(days=3))
        claim = ForecastFactory(due_on=due).claim
        told()
        assert self.in_days(2) == []
        assert ("claims", claim.public_id) in self.in_days(5)
        assert self.in_days(6) == []

    def test_what_was_told_beforehand_has_happened(self):
        day = PartialDate.day(date.today() + timedelta(days=3))
        effect = EffectFactory(development__occurred_on=day, development__accepted=True)
        told()
        assert self.in_days(2) == []
        assert ("claims", effect.claim.public_id) in self.in_days(3)


def test_everything_is_told_anew_where_migrations_may_have_changed_it(claim):
    gone = ClaimFactory(accepted=True)
    told()
    sql("DROP TRIGGER public_update ON claims_claim")
    Claim.objects.filter(pk=gone.pk).update(status="rejected")
    assert told() == []
    note_every_row()
    found = told()
    assert ("claims", claim.public_id) in found
    assert ("claims", f"-{gone.public_id}") in found


def test_very_many_are_told_by_as_many_queries(claim):
    few, many = [], []
    for number, taken in ((1, few), (30, many)):
        ClaimFactory.create_batch(number, accepted=True, speaker=claim.speaker)
        committed()
        with CaptureQueriesContext(connection) as captured:
            settle()
        taken.append(len(captured))
    assert few == many


def test_followers_are_queued_where_they_are_behind(claim, settings):
    Follower.objects.create(name="cdn", number=0)
    sql("UPDATE claims_claim SET wording = 'Autrement.' WHERE id = %s", claim.pk)
    told()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'purge'")
        assert cursor.fetchone() == (1,)
