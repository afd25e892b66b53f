"""Criteria and outcomes, tried with raw SQL."""

import pytest
from django.db import IntegrityError

from tests.factories import (
    NOON,
    DevelopmentFactory,
)
from tests.raw_sql import (
    forecast,
    settle,
    sql,
)

pytestmark = pytest.mark.django_db


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


def test_when_criteria_were_written_is_not_changed():
    row = forecast("2099")
    sql("UPDATE claims_forecast SET written_at = '2020-01-01' WHERE id = %s", row.pk)
    row.refresh_from_db()
    assert row.written_at == NOON


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
