"""The record written from below Django, as somebody at a psql prompt would, for tests."""

from datetime import UTC, datetime

from django.db import connection

from sources.history import record_clock
from sources.partial_date import PartialDate
from tests.factories import (
    NOON,
    ClaimFactory,
    EvidenceFactory,
    ForecastFactory,
    UserFactory,
    VerificationFactory,
)


def sql(statement: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def committed() -> None:
    """As if the test's transaction ended here: what was put off to its end is done."""
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql("SET CONSTRAINTS ALL DEFERRED")
    sql("SELECT set_config('constat.noted', '', true)")


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


def forecast(due="2025", **fields):
    with record_clock(NOON):
        return ForecastFactory(due_on=PartialDate.parse(due), **fields)


def settle(row, development, on="[2026-01-22,2026-01-23)", outcome="kept"):
    sql(
        "UPDATE claims_forecast SET outcome = %s, resolved_on = %s, recorded_at = now(),"
        " development_id = %s WHERE id = %s",
        outcome, on, development.pk, row.pk,
    )  # fmt: skip


def correction(column, row):
    editor = UserFactory()
    sql(
        f"INSERT INTO claims_correction (kind, note, before, after, made_by_id, {column})"
        " VALUES ('update', 'Mis à jour.', '', '', %s, %s)",
        editor.pk, row.pk,
    )  # fmt: skip


def withdrawal(verification):
    sql(
        "INSERT INTO claims_withdrawal (verification_id, reason, withdrawn_by_id)"
        " VALUES (%s, 'Erreur de source.', %s)",
        verification.pk, UserFactory().pk,
    )  # fmt: skip


def recheck(verification, review_by="2026-12-08"):
    with record_clock(NOON):
        sql(
            "INSERT INTO claims_recheck (verification_id, review_by, note, made_by_id)"
            " VALUES (%s, %s, 'Relu.', %s)",
            verification.pk, review_by, UserFactory().pk,
        )  # fmt: skip
