"""Each gate of the record, tried with raw SQL, as somebody at a psql prompt would."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection

from claims import roles
from claims.gates import GATES
from claims.merge import merge_speakers
from claims.models import Effect, Verification
from claims.publish import succeed
from sources.history import record_clock
from sources.partial_date import PartialDate
from tests.factories import (
    NOON,
    ClaimFactory,
    DevelopmentFactory,
    DocumentFactory,
    EvidenceFactory,
    ForecastFactory,
    SentenceFactory,
    SnapshotFactory,
    SpeakerFactory,
    UserFactory,
    VerificationFactory,
)

pytestmark = pytest.mark.django_db


def sql(statement: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def reviewed(claims=None, *, evidence=True, **fields):
    """A verification in review that lacks nothing, unless told so."""
    claims = [ClaimFactory(accepted=True)] if claims is None else claims
    verification = VerificationFactory(claims=claims, **fields)
    if evidence:
        EvidenceFactory(verification=verification)
    with record_clock(NOON):
        sql("UPDATE claims_verification SET status = 'in_review' WHERE id = %s", verification.pk)
    return verification


def published():
    return VerificationFactory(published=True)


def published_in(year: int):
    """Published when the record's clock was set to that year."""
    return VerificationFactory(published=True, published__at=datetime(year, 1, 1, tzinfo=UTC))


def put_out(verification, at=NOON, by=None):
    with record_clock(at):
        sql(
            "UPDATE claims_verification"
            " SET status = 'published', published_at = now(), approved_by_id = %s WHERE id = %s",
            (by or UserFactory()).pk, verification.pk,
        )  # fmt: skip


def evidence_of_the_claims_own_document():
    claim = ClaimFactory(accepted=True)
    verification = reviewed([claim], evidence=False)
    EvidenceFactory(verification=verification, document=claim.document)
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


def change_of_a_successor_published_before():
    """A successor of a version that has one already."""
    first = published()
    for _ in range(2):
        put_out(reviewed([first.claims.get()], predecessor=first))


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


def forecast(due="2025", **fields):
    with record_clock(NOON):
        return ForecastFactory(due_on=PartialDate.parse(due), **fields)


def criteria_after_the_day():
    sql("UPDATE claims_forecast SET criteria = 'Autre' WHERE id = %s", forecast().pk)


def correction(column, row, verb="INSERT"):
    editor = UserFactory()
    sql(
        f"INSERT INTO claims_correction (kind, note, before, after, made_by_id, {column})"
        " VALUES ('update', 'Mis à jour.', '', '', %s, %s)",
        editor.pk, row.pk,
    )  # fmt: skip


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


def settle(row, development, on="[2026-01-22,2026-01-23)", outcome="kept"):
    sql(
        "UPDATE claims_forecast SET outcome = %s, resolved_on = %s, recorded_at = now(),"
        " development_id = %s WHERE id = %s",
        outcome, on, development.pk, row.pk,
    )  # fmt: skip


def merge_deleted():
    merge_speakers(
        SpeakerFactory(), SpeakerFactory(), UserFactory(role=roles.CHIEF), "La même personne."
    )
    sql("DELETE FROM claims_speakermerge")


def withdrawal(verification):
    sql(
        "INSERT INTO claims_withdrawal (verification_id, reason, withdrawn_by_id)"
        " VALUES (%s, 'Erreur de source.', %s)",
        verification.pk, UserFactory().pk,
    )  # fmt: skip


def withdrawal_taken_back():
    withdrawal(published())
    sql("DELETE FROM claims_withdrawal")


def said_after_its_verification():
    claim = published().claims.get()
    sql("UPDATE claims_claim SET said_on = '[2026-01-01,2026-01-02)' WHERE id = %s", claim.pk)


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
    "claim_is_kept": lambda: sql(
        "DELETE FROM claims_claim WHERE id = %s", ClaimFactory(accepted=True).pk
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


def test_nothing_is_added_to_the_evidence_of_what_is_published():
    verification = published()
    with pytest.raises(IntegrityError, match="neither changed nor deleted"):
        EvidenceFactory(verification=verification)


def test_no_claim_is_added_to_what_is_published():
    verification = published()
    with pytest.raises(IntegrityError, match="neither changed nor deleted"):
        verification.claims.add(ClaimFactory(accepted=True))


def test_the_evidence_of_a_draft_does_not_move_to_what_is_published():
    piece, verification = EvidenceFactory(), published()
    with pytest.raises(IntegrityError, match="neither changed nor deleted"):
        sql(
            "UPDATE claims_evidence SET verification_id = %s WHERE id = %s",
            verification.pk, piece.pk,
        )  # fmt: skip


def test_a_later_snapshot_is_no_evidence_either():
    snapshot = SnapshotFactory(fetched_at=NOON + timedelta(days=1))
    with pytest.raises(IntegrityError, match="retrieved after"):
        evidence_retrieved_later(document=snapshot.document, snapshot=snapshot)


def test_a_machines_candidate_is_not_public_without_somebody_who_decided():
    claim = ClaimFactory()
    with pytest.raises(IntegrityError, match="claim_decided_by_somebody"):
        sql("UPDATE claims_claim SET status = 'accepted' WHERE id = %s", claim.pk)


@pytest.mark.parametrize("due", ["2099", "2099-12", "2099-12-31"])
def test_until_the_day_criteria_may_be_written_anew(due):
    row = forecast(due)
    sql("UPDATE claims_forecast SET criteria = 'Trois écoles.' WHERE id = %s", row.pk)
    row.refresh_from_db()
    assert (row.criteria, row.written_at > NOON) == ("Trois écoles.", True)


def test_criteria_do_not_change_once_the_outcome_is_known():
    row = forecast("2099")
    sql(
        "UPDATE claims_forecast SET outcome = 'kept', resolved_on = '[2026-01-01,2026-01-02)',"
        " recorded_at = now(), development_id = %s WHERE id = %s",
        DevelopmentFactory(accepted=True).pk, row.pk,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="due date and criteria are fixed"):
        sql("UPDATE claims_forecast SET due_on = '[2030-01-01,2030-01-02)' WHERE id = %s", row.pk)


def test_a_forecast_that_is_due_is_not_deleted():
    row = forecast()
    with pytest.raises(IntegrityError, match="due date and criteria are fixed"):
        sql("DELETE FROM claims_forecast WHERE id = %s", row.pk)


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


def test_when_criteria_were_written_is_not_changed():
    row = forecast("2099")
    sql("UPDATE claims_forecast SET written_at = '2020-01-01' WHERE id = %s", row.pk)
    row.refresh_from_db()
    assert row.written_at == NOON


@pytest.mark.parametrize(
    ("table", "column", "make"),
    [
        ("claims_withdrawal", "withdrawn_at", lambda: withdrawal(published_in(2999))),
        (
            "claims_correction",
            "made_at",
            lambda: correction("claim_id", ClaimFactory(accepted=True)),
        ),
        ("claims_verification", "published_at", lambda: published_in(2999)),
        ("claims_forecast", "written_at", lambda: forecast("2099")),
    ],
)
def test_nobody_says_when_it_was_but_the_clock(table, column, make):
    """Whatever a statement says; and the record's clock is never ahead of the server's."""
    with record_clock(datetime(2999, 1, 1, tzinfo=UTC)):
        make()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max({column}) <= clock_timestamp() FROM {table}")
        assert cursor.fetchone()[0]


def test_the_successor_starts_from_what_it_supersedes():
    first = published()
    successor = succeed(first, UserFactory())
    assert (
        successor.predecessor,
        successor.claims.get(),
        [piece.note for piece in successor.evidence.all()],
    ) == (first, first.claims.get(), [piece.note for piece in first.evidence.all()])


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


def test_an_outcome_does_not_rest_on_what_is_refused_later():
    development = DevelopmentFactory(accepted=True)
    settle(forecast(), development)
    with pytest.raises(IntegrityError, match="rests on an accepted development"):
        sql("UPDATE claims_development SET status = 'refused' WHERE id = %s", development.pk)


def test_an_outcome_is_not_taken_back():
    settle(row := forecast("2099"), DevelopmentFactory(accepted=True))
    with pytest.raises(IntegrityError, match="due date and criteria are fixed"):
        sql(
            "UPDATE claims_forecast SET outcome = '', resolved_on = NULL, recorded_at = NULL,"
            " development_id = NULL WHERE id = %s",
            row.pk,
        )


@pytest.mark.parametrize("on", ["[2025-12-07,2025-12-08)", "[2025-12-01,2026-01-01)"])
def test_what_may_have_happened_before_the_criteria_settles_nothing(on):
    with pytest.raises(IntegrityError, match="before its criteria were written"):
        settle(forecast(), DevelopmentFactory(accepted=True), on=on)


def test_a_claim_with_a_forecast_stays_one_that_can_have_one():
    row = forecast()
    with pytest.raises(IntegrityError, match="Only predictions and commitments"):
        sql("UPDATE claims_claim SET kind = 'fact' WHERE id = %s", row.claim_id)


def test_a_development_does_not_become_that_of_a_claim_it_bears_on():
    effect = Effect.objects.create(
        development=DevelopmentFactory(), claim=ClaimFactory(accepted=True), kind="retracts"
    )
    with pytest.raises(IntegrityError, match="does not bear on itself"):
        sql(
            "UPDATE claims_development SET document_id = NULL, claim_id = %s WHERE id = %s",
            effect.claim_id, effect.development_id,
        )  # fmt: skip


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


SESSIONS = {
    "the past": "SET LOCAL search_path = past, public",
    "a temporary table": "CREATE TEMP TABLE claims_verification (LIKE public.claims_verification)",
}


@pytest.mark.parametrize("session", SESSIONS)
def test_no_search_path_leads_around_a_gate(session):
    published()
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql(SESSIONS[session])
    with pytest.raises(IntegrityError, match="neither changed nor deleted"):
        sql("DELETE FROM public.claims_evidence")


@pytest.mark.parametrize("ids", ["id = id + 1000", "public_id = 'autre'"])
@pytest.mark.parametrize("table", ["claims_claim", "claims_verification", "sources_document"])
def test_a_row_keeps_its_ids(table, ids):
    VerificationFactory(claims=[ClaimFactory()])
    with pytest.raises(IntegrityError, match="never changes"):
        sql(f"UPDATE {table} SET {ids}")


@pytest.mark.parametrize("table", ["sources_sentence", "sources_snapshot"])
def test_the_texts_claims_were_found_in_are_kept(table):
    ClaimFactory()
    with pytest.raises(IntegrityError, match="are kept"):
        sql(f"DELETE FROM {table}")


def test_nothing_is_recorded_as_older_than_what_was_said_last():
    claim = ClaimFactory(accepted=True)
    with pytest.raises(IntegrityError, match="as older than"), record_clock(NOON):
        sql("UPDATE claims_claim SET wording = 'Depuis toujours' WHERE id = %s", claim.pk)


@pytest.mark.parametrize(
    "change", ["UPDATE pghistory_context SET metadata = '{}'", "DELETE FROM pghistory_context"]
)
def test_who_and_why_are_not_rewritten(change):
    published()
    with pytest.raises(IntegrityError, match="not rewritten"):
        sql(change)
