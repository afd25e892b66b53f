"""The record as it was."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from claims.models import Claim, Speaker, Standing, Verification
from claims.publish import publish, submit, succeed
from sources.history import record_clock
from sources.models import Publisher
from sources.past import as_of
from tests.factories import (
    NOON,
    ClaimFactory,
    EffectFactory,
    EvidenceFactory,
    ForecastFactory,
    LinkFactory,
    PositionFactory,
    PublisherFactory,
    SpeakerFactory,
    UserFactory,
    VerificationFactory,
)
from tests.record import unrecorded

pytestmark = pytest.mark.django_db
MARCH = datetime(2026, 3, 3, tzinfo=UTC)


def test_a_row_is_not_there_before_it_was_recorded():
    with record_clock(MARCH):
        PublisherFactory()
    with as_of(MARCH - timedelta(seconds=1)):
        assert not Publisher.objects.exists()


def test_it_is_there_from_then_on():
    with record_clock(MARCH):
        PublisherFactory(name="Le Journal")
    with as_of(MARCH):
        assert Publisher.objects.get().name == "Le Journal"


def test_a_row_says_what_it_said_then():
    with record_clock(MARCH):
        publisher = PublisherFactory(name="Le Journal")
    publisher.name = "Le Nouveau Journal"
    publisher.save()
    with as_of(MARCH):
        assert Publisher.objects.get(pk=publisher.pk).name == "Le Journal"


def test_a_deleted_row_is_still_there_then():
    with record_clock(MARCH):
        publisher = PublisherFactory()
    publisher.delete()
    with as_of(MARCH):
        assert Publisher.objects.count() == 1


def test_a_deleted_row_is_gone_afterwards():
    with record_clock(MARCH):
        PublisherFactory().delete()
    with as_of(MARCH):
        assert not Publisher.objects.exists()


def test_afterwards_the_present_is_read_again():
    PublisherFactory()
    with as_of(MARCH):
        pass
    assert Publisher.objects.count() == 1


def test_the_present_is_read_again_after_an_error():
    PublisherFactory()
    with pytest.raises(ZeroDivisionError), as_of(MARCH):
        1 / 0  # noqa: B018
    assert Publisher.objects.count() == 1


def test_joins_are_read_in_the_past_too():
    with record_clock(MARCH):
        claim = ClaimFactory(accepted=True)
    Speaker.objects.filter(pk=claim.speaker_id).update(name="Autre")
    with as_of(MARCH):
        assert Claim.objects.published().with_source().get().speaker.name != "Autre"


def test_the_latest_version_of_then_is_read():
    first = VerificationFactory(published=True)
    second = succeed(first, UserFactory())
    submit(second, second.author)
    publish(second, UserFactory())
    with as_of(NOON + timedelta(days=1)):
        then = list(Verification.objects.latest_versions())
    assert then == [first]


def test_a_forecast_that_is_due_today_was_open_then():
    with record_clock(NOON):
        claim = ForecastFactory(due_on="2026-01").claim
    with as_of(NOON):
        assert Standing.objects.get(claim=claim).value == "open"


def test_nothing_is_written_in_the_past():
    with as_of(MARCH), pytest.raises(DatabaseError), transaction.atomic():
        Publisher.objects.create(name="Le Journal")


def test_the_past_of_now_is_the_present_for_every_table():
    """Whatever was done, by whatever way, the last version of each row is the row."""
    verification = VerificationFactory(published=True)
    EvidenceFactory(verification=succeed(verification, UserFactory()))
    LinkFactory(), EffectFactory(), PositionFactory()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE claims_speaker SET name = name || '!'")
        cursor.execute("DELETE FROM claims_position")
    SpeakerFactory().delete()
    assert unrecorded() == []
