"""What is published, what it is about and how it is rated, tried with raw SQL."""

import pytest
from django.db import IntegrityError

from claims.models import Effect, Verification
from claims.publish import succeed
from tests.factories import (
    ClaimFactory,
    DevelopmentFactory,
    SentenceFactory,
    SnapshotFactory,
    UserFactory,
    VerificationFactory,
)
from tests.raw_sql import (
    published,
    put_out,
    reviewed,
    sql,
)

pytestmark = pytest.mark.django_db


def test_what_lacks_nothing_passes():
    put_out(verification := reviewed())
    assert verification in Verification.objects.published()


def test_a_successor_that_lacks_nothing_passes():
    first = published()
    put_out(second := reviewed([first.claims.get()], predecessor=first))
    assert list(Verification.objects.latest_versions()) == [second]


FALSIFICATIONS = {
    "its rating": "UPDATE claims_verification SET rating_id = NULL",
    "its time": "UPDATE claims_verification SET published_at = now()",
    "its author": "UPDATE claims_verification SET author_id = approved_by_id",
    "back to a draft": (
        "UPDATE claims_verification"
        " SET status = 'draft', published_at = NULL, approved_by_id = NULL"
    ),
    "the row": "DELETE FROM claims_verification",
    "its evidence": "UPDATE claims_evidence SET note = 'Autre'",
    "its evidence away": "DELETE FROM claims_evidence",
    "its claims away": "DELETE FROM claims_verification_claims",
}


@pytest.mark.parametrize("what", FALSIFICATIONS)
def test_of_what_is_published_nothing_is_changed(what):
    published()
    with pytest.raises(IntegrityError) as refused:
        sql(FALSIFICATIONS[what])
    assert refused.value.__cause__.diag.constraint_name == "verification_published_is_final"


def test_no_claim_is_added_to_what_is_published():
    verification = published()
    with pytest.raises(IntegrityError, match="neither changed nor deleted"):
        verification.claims.add(ClaimFactory(accepted=True))


SCALE_CHANGES = {
    "its methodology": "UPDATE claims_scale SET methodology = 'Autre'",
    "a value more": (
        "INSERT INTO claims_rating (scale_id, value, label_fr, label_en, definition_fr,"
        " definition_en, position) SELECT id, 'x', 'x', 'x', 'x', 'x', 99 FROM claims_scale"
    ),
    "a value less": "DELETE FROM claims_rating",
}


@pytest.mark.parametrize("what", SCALE_CHANGES)
def test_a_scale_by_which_something_published_is_rated_is_final(what):
    published()
    with pytest.raises(IntegrityError, match="make a new version"):
        sql(SCALE_CHANGES[what])


def test_a_scale_in_use_by_drafts_only_may_change():
    VerificationFactory()
    sql(SCALE_CHANGES["its methodology"])


def test_the_successor_starts_from_what_it_supersedes():
    first = published()
    successor = succeed(first, UserFactory())
    assert (
        successor.predecessor,
        successor.claims.get(),
        [piece.note for piece in successor.evidence.all()],
    ) == (first, first.claims.get(), [piece.note for piece in first.evidence.all()])


def test_the_day_of_an_undated_claims_document_stays_before_its_verification():
    claim = ClaimFactory(accepted=True, said_on=None)
    VerificationFactory(claims=[claim], published=True)
    with pytest.raises(IntegrityError, match="published before that day"):
        sql("UPDATE sources_document SET published_on = '[2026-01-01,2026-01-02)'")


def test_a_verified_claim_does_not_move_into_the_document_its_evidence_is_from():
    verification = published()
    sentence = SentenceFactory(
        snapshot=SnapshotFactory(document=verification.evidence.get().document)
    )
    with pytest.raises(IntegrityError, match="Its only evidence"):
        sql(
            "UPDATE claims_claim SET sentence_id = %s WHERE id = %s",
            sentence.pk, verification.claims.get().pk,
        )  # fmt: skip


def test_a_machines_candidate_is_not_public_without_somebody_who_decided():
    claim = ClaimFactory()
    with pytest.raises(IntegrityError, match="claim_decided_by_somebody"):
        sql("UPDATE claims_claim SET status = 'accepted' WHERE id = %s", claim.pk)


def test_a_development_does_not_become_that_of_a_claim_it_bears_on():
    effect = Effect.objects.create(
        development=DevelopmentFactory(), claim=ClaimFactory(accepted=True), kind="retracts"
    )
    with pytest.raises(IntegrityError, match="does not bear on itself"):
        sql(
            "UPDATE claims_development SET document_id = NULL, claim_id = %s WHERE id = %s",
            effect.claim_id, effect.development_id,
        )  # fmt: skip
