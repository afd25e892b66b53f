"""What a verification rests on, tried with raw SQL."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from claims.models import Verification
from tests.factories import (
    NOON,
    ClaimFactory,
    DocumentFactory,
    EvidenceFactory,
    SnapshotFactory,
)
from tests.raw_sql import (
    published,
    put_out,
    reviewed,
    sql,
)

pytestmark = pytest.mark.django_db


def test_the_evidence_of_a_draft_does_not_move_to_what_is_published():
    piece, verification = EvidenceFactory(), published()
    with pytest.raises(IntegrityError, match="neither changed nor deleted"):
        sql(
            "UPDATE claims_evidence SET verification_id = %s WHERE id = %s",
            verification.pk, piece.pk,
        )  # fmt: skip


def test_nothing_is_added_to_the_evidence_of_what_is_published():
    verification = published()
    with pytest.raises(IntegrityError, match="neither changed nor deleted"):
        EvidenceFactory(verification=verification)


def test_a_later_snapshot_is_no_evidence_either():
    snapshot = SnapshotFactory(fetched_at=NOON + timedelta(days=1))
    verification = reviewed(evidence=False)
    EvidenceFactory(verification=verification, document=snapshot.document, snapshot=snapshot)
    with pytest.raises(IntegrityError, match="retrieved after"):
        put_out(verification)


def test_the_passage_of_a_snapshot_is_taken_at_its_code_points():
    snapshot = SnapshotFactory(text="Écoles 🎒 : deux ouvrent.")
    piece = EvidenceFactory(
        document=snapshot.document, snapshot=snapshot, start=7, end=10, passage="🎒 :"
    )
    assert snapshot.text[piece.start : piece.end] == piece.passage


def test_evidence_may_be_of_another_document_than_the_claims():
    claim = ClaimFactory(accepted=True)
    verification = reviewed([claim], evidence=False)
    for document in (claim.document, DocumentFactory()):
        EvidenceFactory(verification=verification, document=document)
    put_out(verification)
    assert verification in Verification.objects.published()


def test_a_place_without_an_end_is_none():
    snapshot = SnapshotFactory()
    with pytest.raises(IntegrityError):
        EvidenceFactory(document=snapshot.document, snapshot=snapshot, start=5, passage="inventé")


def test_a_passage_of_a_snapshot_has_a_place():
    snapshot = SnapshotFactory()
    with pytest.raises(IntegrityError):
        EvidenceFactory(document=snapshot.document, snapshot=snapshot, passage="inventé")


def test_evidence_of_a_verification_that_is_not_there_is_refused_at_once():
    document = DocumentFactory()
    with pytest.raises(IntegrityError, match="there is no verification"):
        sql(
            "INSERT INTO claims_evidence (verification_id, document_id, archived_url, stance,"
            ' "primary", passage, note, interest, protected)'
            " VALUES (999999, %s, '', 'context', false, '', 'x', '', false)",
            document.pk,
        )
