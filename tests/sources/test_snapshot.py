import hashlib

import pytest
from django.db import DatabaseError, IntegrityError, connection

from sources.models import Sentence, Snapshot
from tests.factories import SentenceFactory, SnapshotFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "change",
    ["text = 'autre'", "sha256 = repeat('0', 64)", "original = 'x'", "fetched_at = now()"],
)
def test_the_database_refuses_to_change_a_snapshot(change):
    snapshot = SnapshotFactory()
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="snapshot_is_immutable"):
        cursor.execute(f"UPDATE sources_snapshot SET {change} WHERE id = %s", [snapshot.pk])


def test_the_database_refuses_to_change_a_sentence():
    sentence = SentenceFactory()
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="sentence_is_immutable"):
        cursor.execute('UPDATE sources_sentence SET "end" = "end" - 1 WHERE id = %s', [sentence.pk])


def test_an_update_through_the_orm_is_refused_too():
    snapshot = SnapshotFactory()
    with pytest.raises(DatabaseError, match="snapshot_is_immutable"):
        Snapshot.objects.filter(pk=snapshot.pk).update(text="autre")


def test_its_digest_is_the_sha256_of_the_utf8_text():
    assert Snapshot.digest("été") == hashlib.sha256("été".encode()).hexdigest()


def test_the_same_text_of_a_document_is_kept_once():
    snapshot = SnapshotFactory()
    with pytest.raises(IntegrityError, match="snapshot_text_once"):
        SnapshotFactory(document=snapshot.document, text=snapshot.text)


def test_a_snapshot_without_text_is_refused():
    with pytest.raises(IntegrityError, match="snapshot_has_text"):
        SnapshotFactory(text="")


def test_a_digest_that_is_none_is_refused():
    with pytest.raises(IntegrityError, match="snapshot_sha256_is_hex"):
        SnapshotFactory(sha256="g" * 64)


def test_an_empty_sentence_is_refused():
    with pytest.raises(IntegrityError, match="sentence_not_empty"):
        SentenceFactory(start=3, end=3, text="")


def test_two_sentences_at_one_position_are_refused():
    sentence = SentenceFactory()
    with pytest.raises(IntegrityError, match="sentence_position_once"):
        Sentence.objects.create(
            snapshot=sentence.snapshot, position=sentence.position, start=0, end=1, text="A"
        )
