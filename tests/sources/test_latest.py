"""Passages of older snapshots in the latest one."""

from datetime import timedelta

import pytest

from sources.latest import in_latest_snapshots, tell_latest
from sources.models import Sentence
from sources.passages import Fate
from sources.past import as_of
from tests.factories import NOON, SentenceFactory, SnapshotFactory

pytestmark = pytest.mark.django_db
SAID = "Deux écoles."
OLD = f"Avant. {SAID} Après. {SAID} Fin."


@pytest.fixture
def sentence():
    """The first place of what OLD says twice."""
    return SentenceFactory(snapshot=SnapshotFactory(text=OLD), start=7, end=19)


def later(sentence, text, days=1):
    return SnapshotFactory(
        document=sentence.snapshot.document, text=text, fetched_at=NOON + timedelta(days=days)
    )


def told(sentence):
    tell_latest([sentence])
    return sentence.in_latest_snapshot


def test_there_is_nothing_to_tell_of_the_latest_snapshot(sentence):
    assert told(sentence) is None


@pytest.mark.parametrize(
    ("text", "fate"),
    [
        (f"{SAID} Rien d’autre.", Fate.KEPT),
        (f"Ajout. {OLD}", Fate.KEPT),
        ("Trois écoles.", Fate.GONE),
        (f"« {SAID} » – « {SAID} »", Fate.AMBIGUOUS),
    ],
)
def test_a_passage_is_looked_for_in_the_latest_one(sentence, text, fate):
    later(sentence, text)
    assert told(sentence) == fate


def test_only_the_latest_counts(sentence):
    later(sentence, "Trois écoles.")
    later(sentence, SAID, days=2)
    assert told(sentence) == Fate.KEPT


def test_what_is_fetched_later_is_not_known_before(sentence):
    later(sentence, "Trois écoles.", days=3)
    with as_of(NOON + timedelta(days=2)):
        assert told(sentence) is None


def test_an_older_snapshot_does_not_count(sentence):
    later(sentence, "Trois écoles.", days=-1)
    assert told(sentence) is None


def test_a_snapshot_of_another_document_does_not_count(sentence):
    SnapshotFactory(text="Trois écoles.", fetched_at=NOON + timedelta(days=1))
    assert told(sentence) is None


def test_places_without_a_later_snapshot_are_left_out(sentence):
    assert in_latest_snapshots(Sentence.objects.all()) == {}


def test_many_passages_take_two_queries(sentence, django_assert_num_queries):
    later(sentence, "Trois écoles.")
    sentences = [sentence]
    for _document in range(5):
        other = SentenceFactory()
        later(other, "Autre.")
        sentences.append(other)
    with django_assert_num_queries(2):
        tell_latest(sentences)
    assert {row.in_latest_snapshot for row in sentences} == {Fate.GONE}
