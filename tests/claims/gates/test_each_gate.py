"""Each gate of the record, tried with raw SQL, as somebody at a psql prompt would."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from claims import roles
from claims.gates import GATES
from claims.merge import merge_speakers
from claims.models import Effect
from sources.history import record_clock
from sources.partial_date import PartialDate
from tests.factories import (
    NOON,
    ClaimFactory,
    DevelopmentFactory,
    EvidenceFactory,
    SnapshotFactory,
    SpeakerFactory,
    UserFactory,
    VerificationFactory,
)
from tests.raw_sql import (
    correction,
    forecast,
    published,
    put_out,
    recheck,
    reviewed,
    settle,
    sql,
    withdrawal,
)

pytestmark = pytest.mark.django_db


def evidence_of_the_claims_own_document():
    claim = ClaimFactory(accepted=True)
    verification = reviewed([claim], evidence=False)
    EvidenceFactory(verification=verification, document=claim.document)
    put_out(verification)


def in_review_without(what):
    sql(f"UPDATE claims_verification SET {what} WHERE id = %s", reviewed().pk)


def let_in_once():
    claim = ClaimFactory(accepted=True)
    sql("UPDATE claims_claim SET status = 'rejected' WHERE id = %s", claim.pk)
    return claim


def once_a_speaker():
    claim = ClaimFactory(accepted=True)
    speaker = claim.speaker_id
    sql("UPDATE claims_claim SET speaker_id = %s WHERE id = %s", SpeakerFactory().pk, claim.pk)
    return speaker


def refused_development():
    development = DevelopmentFactory(accepted=True)
    sql("UPDATE claims_development SET status = 'refused' WHERE id = %s", development.pk)
    return development


def evidence_that_lacks(**fields):
    verification = reviewed()
    EvidenceFactory(verification=verification, **fields)
    put_out(verification)


def held_up_by_a_note():
    verification = reviewed()
    verification.review_notes.create(author=UserFactory(), text="Sûr ?", blocks=True)
    put_out(verification)


def evidence_retrieved_later(**fields):
    verification = reviewed(evidence=False)
    EvidenceFactory(verification=verification, **fields)
    put_out(verification)


def second_verification_of_a_claim():
    put_out(reviewed([published().claims.get()]))


def successor_that_leaves_out_a_claim():
    claims = [ClaimFactory(accepted=True), ClaimFactory(accepted=True)]
    first = VerificationFactory(claims=claims, published=True)
    put_out(reviewed([claims[0]], predecessor=first))


def straight_to_publication():
    draft = VerificationFactory(claims=[ClaimFactory(accepted=True)])
    EvidenceFactory(verification=draft)
    put_out(draft)


def born_published():
    draft = VerificationFactory()
    sql(
        "INSERT INTO claims_verification (public_id, rating_id, summary, explanation, status,"
        " author_id, approved_by_id, published_at) VALUES ('x', %s, 'a', 'b', 'published', %s, %s,"
        " now())",
        draft.rating_id, draft.author_id, UserFactory().pk,
    )  # fmt: skip


def snapshot_of_another_document():
    EvidenceFactory(snapshot=SnapshotFactory())


def passage_that_is_not_there():
    snapshot = SnapshotFactory()
    EvidenceFactory(document=snapshot.document, snapshot=snapshot, start=0, end=5, passage="Après")


def effect_on_the_claim_it_comes_from():
    claim = ClaimFactory(accepted=True)
    development = DevelopmentFactory(document=None, claim=claim)
    Effect.objects.create(development=development, claim=claim, kind="retracts")


def criteria_after_the_day():
    sql("UPDATE claims_forecast SET criteria = 'Autre' WHERE id = %s", forecast().pk)


def correction_changed():
    correction("claim_id", ClaimFactory(accepted=True))
    sql("UPDATE claims_correction SET note = ''")


def protected_by_nobody_known():
    verification = reviewed(evidence=False)
    EvidenceFactory(verification=verification, document=None, protected=True)
    return verification


def successor_before_what_it_supersedes():
    with record_clock(NOON):
        first = published()
    second = reviewed([first.claims.get()], evidence=False, predecessor=first)
    EvidenceFactory(verification=second, retrieved_at=NOON - timedelta(days=9))
    put_out(second, at=NOON - timedelta(hours=1))


def merge_deleted():
    merge_speakers(
        SpeakerFactory(), SpeakerFactory(), UserFactory(role=roles.CHIEF), "La même personne."
    )
    sql("DELETE FROM claims_speakermerge")


def withdrawal_taken_back():
    withdrawal(published())
    sql("DELETE FROM claims_withdrawal")


def said_after_its_verification():
    claim = published().claims.get()
    sql("UPDATE claims_claim SET said_on = '[2026-01-01,2026-01-02)' WHERE id = %s", claim.pk)


def recheck_changed():
    recheck(published())
    sql("UPDATE claims_recheck SET review_by = '2027-12-08'")


BREACHES = {
    "verification_has_claims": lambda: put_out(reviewed([])),
    "verification_of_accepted_claims": lambda: put_out(reviewed([ClaimFactory()])),
    "verification_has_evidence": lambda: put_out(reviewed(evidence=False)),
    "verification_knows_its_protected_sources": lambda: put_out(
        protected_by_nobody_known()
    ),
    "verification_after_what_it_supersedes": successor_before_what_it_supersedes,
    "verification_keeps_its_author": lambda: sql(
        "UPDATE claims_verification SET author_id = %s WHERE id = %s",
        UserFactory().pk, VerificationFactory().pk,
    ),
    "claim_is_kept": lambda: sql("DELETE FROM claims_claim WHERE id = %s", let_in_once().pk),
    "speaker_is_kept": lambda: sql("DELETE FROM claims_speaker WHERE id = %s", once_a_speaker()),
    "development_is_kept": lambda: sql(
        "DELETE FROM claims_development WHERE id = %s", refused_development().pk
    ),
    "document_is_kept": lambda: sql(
        "DELETE FROM sources_document WHERE id = %s", SnapshotFactory().document_id
    ),
    "evidence_is_protected_from_the_start": lambda: sql(
        "UPDATE claims_evidence SET protected = true, document_id = NULL WHERE id = %s",
        EvidenceFactory().pk,
    ),
    "forecast_written_before_it_is_due": lambda: forecast("2024"),
    "forecast_rests_on_an_accepted_development": lambda: settle(
        forecast(), DevelopmentFactory()
    ),
    "forecast_resolved_by_now": lambda: settle(
        forecast(), DevelopmentFactory(accepted=True), on="[2099-01-01,2099-01-02)"
    ),
    "merge_is_permanent": merge_deleted,
    "verification_has_outside_evidence": evidence_of_the_claims_own_document,
    "verification_evidence_before_publication": lambda: evidence_retrieved_later(
        retrieved_at=NOON + timedelta(minutes=1)
    ),
    "verification_after_the_claim": lambda: put_out(
        reviewed([ClaimFactory(accepted=True, said_on=PartialDate.parse("2025-12-09"))])
    ),
    "verification_approved_by_another": lambda: put_out(
        (verification := reviewed()), by=verification.author
    ),
    "verification_names_what_it_supersedes": second_verification_of_a_claim,
    "verification_covers_what_it_supersedes": successor_that_leaves_out_a_claim,
    "verification_supersedes_a_published_one": lambda: put_out(
        reviewed(predecessor=VerificationFactory())
    ),
    "verification_is_reviewed_first": straight_to_publication,
    "verification_begins_as_a_draft": born_published,
    "verification_published_is_final": lambda: sql(
        "UPDATE claims_verification SET summary = 'Autre' WHERE id = %s", published().pk
    ),
    "verification_is_rated": lambda: in_review_without("rating_id = NULL"),
    "verification_has_a_summary": lambda: in_review_without("summary = ''"),
    "verification_is_explained": lambda: in_review_without("explanation = ''"),
    "verification_evidence_is_there": lambda: evidence_that_lacks(
        document=None, address="https://journal.test/1"
    ),
    "verification_evidence_takes_a_stance": lambda: evidence_that_lacks(stance=""),
    "verification_evidence_shows_something": lambda: evidence_that_lacks(note=""),
    "verification_notes_are_settled": held_up_by_a_note,
    "withdrawal_of_a_published_verification": lambda: withdrawal(VerificationFactory()),
    "scale_in_use_is_final": lambda: sql(
        "UPDATE claims_rating SET label_fr = 'Vrai' WHERE id = %s", published().rating_id
    ),
    "withdrawal_is_final": withdrawal_taken_back,
    "claim_verified_stays_accepted": lambda: sql(
        "UPDATE claims_claim SET status = 'rejected' WHERE id = %s", published().claims.get().pk
    ),
    "claim_said_before_its_verification": said_after_its_verification,
    "evidence_passage_is_in_the_snapshot": passage_that_is_not_there,
    "evidence_snapshot_is_of_its_document": snapshot_of_another_document,
    "effect_on_another_claim": effect_on_the_claim_it_comes_from,
    "forecast_of_a_prediction_or_commitment": lambda: forecast(
        claim=ClaimFactory(accepted=True, kind="fact")
    ),
    "forecast_outcome_fits_the_claim": lambda: sql(
        "UPDATE claims_forecast SET outcome = 'happened', resolved_on = '[2026-01-01,2026-01-02)',"
        " recorded_at = now(), development_id = %s WHERE id = %s",
        DevelopmentFactory(accepted=True).pk, forecast().pk,
    ),
    "forecast_written_before_the_event": lambda: sql(
        "UPDATE claims_forecast SET outcome = 'kept', resolved_on = '[2025-12-07,2025-12-08)',"
        " recorded_at = now(), development_id = %s WHERE id = %s",
        DevelopmentFactory(accepted=True).pk, forecast().pk,
    ),
    "forecast_criteria_are_fixed": criteria_after_the_day,
    "correction_of_something_published": lambda: correction("claim_id", ClaimFactory()),
    "correction_is_final": correction_changed,
    "recheck_of_a_finding_in_force": lambda: recheck(VerificationFactory()),
    "recheck_looks_ahead": lambda: recheck(published(), review_by="2025-12-08"),
    "recheck_is_final": recheck_changed,
}  # fmt: skip
# The index alone refuses it, should two publications ever get past the gate together.
HELD_BY_AN_INDEX = {"verification_superseded_once"}
# tests/claims/test_concurrency.py: it takes a transaction of its own.
TRIED_ELSEWHERE = {"record_is_changed_under_read_committed"}


@pytest.mark.parametrize("gate", BREACHES)
def test_raw_sql_does_not_pass(gate):
    with pytest.raises(IntegrityError) as refused:
        BREACHES[gate]()
    assert refused.value.__cause__.diag.constraint_name == gate


def test_every_gate_is_tried():
    assert set(GATES) == set(BREACHES) | HELD_BY_AN_INDEX | TRIED_ELSEWHERE


def test_a_closed_gate_says_its_sentence_in_raw_sql_too():
    with pytest.raises(IntegrityError, match="Its only evidence is the very document"):
        evidence_of_the_claims_own_document()
