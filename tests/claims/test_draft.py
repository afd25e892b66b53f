"""A verification is begun from claims, and written by several people at once."""

import pytest
from django.core.exceptions import PermissionDenied

from claims import roles
from claims.draft import Clashed, cover, may_write, save, start, uncover, written_elsewhere
from claims.gates import Closed
from claims.models import Verification
from claims.publish import submit
from sources.versions import latest
from tests.factories import ClaimFactory, EvidenceFactory, UserFactory, VerificationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def author():
    return UserFactory(role=roles.CONTRIBUTOR)


def test_a_draft_may_lack_all_but_its_claims(author):
    claims = ClaimFactory.create_batch(2)
    draft = start(claims, author)
    assert (draft.rating, draft.summary, draft.author) == (None, "", author)
    assert set(draft.claims.all()) == set(claims)


def test_begun_twice_it_is_the_same(author):
    claim = ClaimFactory()
    assert start([claim], author) == start([claim], author)


def test_that_of_a_claim_more_is_another(author):
    claim = ClaimFactory()
    assert start([claim], author) != start([claim, ClaimFactory()], author)


def test_somebody_elses_is_another(author):
    claim = ClaimFactory()
    other = start([claim], UserFactory())
    mine = start([claim], author)
    assert mine != other
    assert written_elsewhere(mine) == {claim.pk: other}


def test_of_a_verified_claim_it_is_the_successor(author):
    claim = ClaimFactory(accepted=True)
    published = VerificationFactory(claims=[claim], published=True)
    draft = start([claim, another := ClaimFactory()], author)
    assert (draft.predecessor, draft.summary) == (published, published.summary)
    assert set(draft.claims.all()) == {claim, another}


def test_who_may_not_write_begins_none():
    with pytest.raises(PermissionDenied):
        start([ClaimFactory()], UserFactory(role=roles.PROTECTED_SOURCE_READER))
    assert not Verification.objects.exists()


def test_a_claim_is_added_once(author):
    draft, claim = VerificationFactory(author=author), ClaimFactory()
    cover(draft, [claim], author)
    cover(draft, [claim], author)
    assert list(draft.claims.all()) == [claim]


def test_a_claim_is_taken_out(author):
    claim = ClaimFactory()
    draft = VerificationFactory(claims=[claim])
    uncover(draft, claim, author)
    assert not draft.claims.exists()


def reworded(verification, **values):
    for name, value in values.items():
        setattr(verification, name, value)
    return [(verification, list(values))]


def test_two_fields_are_written_by_two_at_once(author):
    draft = VerificationFactory()
    mark, mine = latest(draft), Verification.objects.get()
    save(draft, UserFactory(), mark, reworded(draft, summary="Faux."))
    save(mine, author, mark, reworded(mine, explanation="La veille."))
    mine.refresh_from_db()
    assert (mine.summary, mine.explanation) == ("Faux.", "La veille.")


def test_of_two_who_write_into_one_field_the_second_overwrites_nothing(author):
    draft, other = VerificationFactory(), UserFactory()
    mark, mine = latest(draft), Verification.objects.get()
    save(draft, other, mark, reworded(draft, summary="Faux."))
    with pytest.raises(Clashed) as refused:
        save(mine, author, mark, reworded(mine, summary="Vrai.", explanation="La veille."))
    (clash,) = refused.value.clashes
    assert (clash.field, clash.change.user) == ("summary", other)
    mine.refresh_from_db()
    assert (mine.summary, mine.explanation != "La veille.") == ("Faux.", True)


def test_the_same_field_of_another_piece_is_no_clash(author):
    piece = EvidenceFactory()
    other = EvidenceFactory(verification=piece.verification)
    mark = latest(piece.verification)
    for row in (piece, other):
        save(row.verification, author, mark, reworded(row, note="Autre."))
    assert {row.note for row in piece.verification.evidence.all()} == {"Autre."}


def test_in_review_only_its_author_writes(author):
    verification = VerificationFactory(author=author)
    submit(verification, author)
    save(verification, author, latest(verification), reworded(verification, summary="Faux."))
    with pytest.raises(PermissionDenied, match="its author changes it"):
        cover(verification, [ClaimFactory()], UserFactory())


def test_what_is_published_nobody_writes():
    published = VerificationFactory(published=True)
    assert not may_write(published, published.author)
    with pytest.raises(Closed):
        cover(published, [ClaimFactory()], published.author)


def test_in_review_a_summary_is_not_emptied(author):
    verification = VerificationFactory(author=author)
    submit(verification, author)
    with pytest.raises(Closed) as refused:
        save(verification, author, latest(verification), reworded(verification, summary=""))
    assert refused.value.name == "verification_has_a_summary"


def test_what_was_sent_twice_is_no_clash(author):
    draft = VerificationFactory()
    mark = latest(draft)
    save(draft, author, mark, reworded(draft, summary="Faux."))
    save(draft, author, mark, reworded(draft, summary="Faux."))
    draft.refresh_from_db()
    assert draft.summary == "Faux."
