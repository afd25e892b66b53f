"""What a version of a verification says otherwise than the one before it."""

import pytest

from claims.models import Coverage, Verification
from claims.pages.verification import verification_page
from claims.publish import publish, submit, succeed
from claims.revision import revision
from sources.history import record_clock
from tests.factories import NOON, ClaimFactory, DocumentFactory, RatingFactory, UserFactory
from tests.record import supersede, verify

pytestmark = pytest.mark.django_db


def revised(before: Verification, after: Verification):
    before, after = (
        verification_page(Verification.objects.filter(pk=version.pk)).get()
        for version in (before, after)
    )
    return revision(before, after, before.shown_claims, after.shown_claims)


def changed(verification: Verification, change) -> Verification:
    """A successor published after ``change`` was made to its draft."""
    with record_clock(NOON):
        draft = succeed(verification, UserFactory())
        change(draft)
        submit(draft, draft.author)
        publish(draft, UserFactory())
    return draft


def words(text) -> list[tuple[str, str]]:
    return [
        (change.kind, "".join(segment.text for segment in change.segments))
        for paragraph in text
        for change in paragraph
        if change.kind != "kept"
    ]


@pytest.fixture
def old():
    piece = {"passage": "", "note": "Le journal donne la veille."}
    return verify(ClaimFactory(accepted=True), summary="La date est fausse.", evidence=[piece, {}])


def test_that_says_the_same_is_empty(old):
    assert revised(old, supersede(old)).is_empty


def test_tells_a_summary_word_by_word(old):
    found = revised(old, supersede(old, summary="La date est exacte."))
    assert words(found.summary) == [("removed", "fausse"), ("added", "exacte")]
    assert found.explanation == []


def test_tells_the_rating_it_had(old):
    new = supersede(old, rating=RatingFactory(value="false"))
    assert revised(old, new).rating == old.rating
    assert revised(new, supersede(new)).rating is None


def test_tells_evidence_that_came_and_went(old):
    document = DocumentFactory()

    def change(draft):
        draft.evidence.last().delete()
        draft.evidence.create(document=document, stance="supports", note="Neuf.", retrieved_at=NOON)

    found = revised(old, changed(old, change))
    assert [piece.document for piece in found.added] == [document]
    assert found.removed == [old.evidence.last()]
    assert found.changed == []


def test_tells_a_note_that_became_another_as_that(old):
    def change(draft):
        draft.evidence.filter(pk=draft.evidence.first().pk).update(note="Le journal donne mardi.")

    found = revised(old, changed(old, change))
    ((piece, note),) = found.changed
    assert piece.note == "Le journal donne mardi."
    assert words(note) == [("removed", "la veille"), ("added", "mardi")]
    assert (found.added, found.removed) == ([], [])


def test_tells_the_claims_it_is_about_too(old):
    more = ClaimFactory(accepted=True)

    def change(draft):
        Coverage.objects.create(verification=draft, claim=more)

    found = revised(old, changed(old, change))
    assert (found.claims_added, found.claims_removed) == ([more], [])
