import pytest

from sources.excerpts import keep_excerpt
from sources.latest import in_latest_snapshots, snapshots_of
from sources.models import Sentence
from sources.passages import Fate
from tests.factories import NOON, DocumentFactory, SnapshotFactory

pytestmark = pytest.mark.django_db

GIVEN = ["La maire promet deux écoles.", "Et un pont."]


def test_each_sentence_given_is_a_sentence_at_its_place():
    snapshot = keep_excerpt(DocumentFactory(), GIVEN)
    assert snapshot.is_excerpt
    assert [snapshot.text[s.start : s.end] for s in snapshot.sentences.all()] == GIVEN


def test_the_same_again_is_the_same_excerpt():
    document = DocumentFactory()
    assert keep_excerpt(document, GIVEN) == keep_excerpt(document, GIVEN)
    assert Sentence.objects.count() == 2


def test_an_excerpt_is_no_version_of_the_text():
    read = SnapshotFactory(fetched_at=NOON)
    excerpt = keep_excerpt(read.document, GIVEN)
    Sentence.objects.create(snapshot=read, position=0, start=0, end=6, text=read.text[:6])
    assert [*snapshots_of(read.document)] == [read]
    assert in_latest_snapshots(Sentence.objects.filter(snapshot=read)) == {}
    excerpt.refresh_from_db()
    assert excerpt.fetched_at > read.fetched_at


def test_once_the_document_is_read_a_sentence_given_is_looked_for_in_it():
    document = DocumentFactory()
    there, gone = keep_excerpt(document, GIVEN).sentences.all()
    SnapshotFactory(document=document, text=f"Avant. {GIVEN[0]}")
    assert in_latest_snapshots(Sentence.objects.filter(pk__in=[there.pk, gone.pk])) == {
        there.pk: Fate.KEPT,
        gone.pk: Fate.GONE,
    }
