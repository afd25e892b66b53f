"""What differs between two snapshots, with the claims marked."""

import pytest
from psycopg.types.range import Int4Range

from claims.changes import Skipped, changes
from tests.factories import ClaimFactory, SentenceFactory, SnapshotFactory

pytestmark = pytest.mark.django_db
OLD = "Elle promet deux écoles."
NEW = "Hier, elle promet deux écoles et un lycée."


@pytest.fixture
def before():
    return SnapshotFactory(text=OLD)


@pytest.fixture
def after(before):
    return SnapshotFactory(document=before.document, text=NEW)


def claim_in(snapshot, words):
    start = snapshot.text.index(words)
    return ClaimFactory(
        sentence=SentenceFactory(snapshot=snapshot),
        content=[Int4Range(start, start + len(words))],
    )


def marked(paragraphs):
    """(kind, words, claim) of everything that is marked."""
    return [
        (change.kind, segment.text, mark)
        for paragraph in paragraphs
        for change in paragraph
        for segment in change.segments
        for mark in segment.marks
    ]


def test_a_claim_of_the_earlier_text_is_marked_where_its_words_stand_now(before, after):
    claim = claim_in(before, "deux écoles")
    assert marked(changes(before, after, [claim])) == [("kept", "deux écoles", claim)]


def test_a_claim_of_the_later_text_is_marked_in_what_came(before, after):
    claim = claim_in(after, "un lycée")
    assert marked(changes(before, after, [claim])) == [("added", "un lycée", claim)]


def test_a_claim_of_the_earlier_text_is_marked_in_what_went(before, after):
    claim = claim_in(after, "un lycée")
    assert marked(changes(after, before, [claim])) == [("removed", "un lycée", claim)]


def test_a_snapshot_differs_in_nothing_from_itself(before):
    assert changes(before, before, []) == [Skipped(1)]


def test_a_claim_is_marked_once_in_a_snapshot_compared_with_itself(before):
    claim = claim_in(before, "deux écoles")
    assert marked(changes(before, before, [claim])) == [("kept", "deux écoles", claim)]
