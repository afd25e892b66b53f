"""What no session can do, however it is set up: ids, texts, clocks and history."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection

from sources.history import record_clock
from tests.factories import (
    NOON,
    ClaimFactory,
    VerificationFactory,
)
from tests.raw_sql import (
    correction,
    forecast,
    published,
    published_in,
    sql,
    withdrawal,
)

pytestmark = pytest.mark.django_db


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
