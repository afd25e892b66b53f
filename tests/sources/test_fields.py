from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from hypothesis import given
from hypothesis import strategies as st

from sources.fields import ALPHABET, LENGTH, new_public_id
from sources.forms import PartialDateFormField
from sources.models import Document
from sources.partial_date import PartialDate
from tests.factories import DocumentFactory


@pytest.mark.parametrize("iso", ["2025-12-03", "2025-12", "2025"])
def test_a_partial_date_comes_back_from_the_database_as_it_went_in(db, iso):
    document = DocumentFactory(published_on=PartialDate.parse(iso))
    document.refresh_from_db()
    assert document.published_on == PartialDate.parse(iso)


@pytest.mark.parametrize(
    "bounds",
    [
        "[2025-01-01,2025-01-03)",
        "[2025-01-02,2025-02-02)",
        "[2025-02-01,2026-02-01)",
        "[2025-01-01,)",
        "(,2025-01-01)",
        "(,)",
        "empty",
    ],
)
def test_the_database_refuses_a_range_that_is_no_day_month_or_year(db, bounds):
    document = DocumentFactory()
    with (
        connection.cursor() as cursor,
        pytest.raises(IntegrityError, match="partial_date_is_a_day_a_month_or_a_year"),
    ):
        cursor.execute(
            "UPDATE sources_document SET published_on = %s::daterange WHERE id = %s",
            [bounds, document.pk],
        )


def test_days_months_and_years_sort_by_their_first_day(db):
    for iso in ("2025-12-03", "2026", "2025-12", "2025-11-30"):
        DocumentFactory(published_on=PartialDate.parse(iso))
    dates = Document.objects.order_by("published_on").values_list("published_on", flat=True)
    assert [date.isoformat() for date in dates] == ["2025-11-30", "2025-12", "2025-12-03", "2026"]


def test_a_day_within_a_month_is_found_by_its_bounds(db):
    document = DocumentFactory(published_on=PartialDate.parse("2025-12"))
    day = date(2025, 12, 31)
    found = Document.objects.filter(published_on__first__lte=day, published_on__end__gt=day)
    assert list(found) == [document]


def test_a_form_field_says_what_a_date_looks_like():
    with pytest.raises(ValidationError, match="2025-12"):
        PartialDateFormField().clean("le 3 décembre")


def test_a_form_field_reads_a_partial_date():
    assert PartialDateFormField().clean("2025-12") == PartialDate.parse("2025-12")


def test_a_form_field_knows_that_nothing_changed():
    field = PartialDateFormField(required=False)
    assert not field.has_changed(PartialDate.parse("2025-12"), "2025-12")


def test_public_ids_are_short_and_of_one_alphabet():
    assert all(
        len(i) == LENGTH and set(i) <= set(ALPHABET) for i in (new_public_id() for _ in "123")
    )


def test_a_public_id_is_given_once(db):
    document = DocumentFactory()
    with pytest.raises(IntegrityError, match="public_id"):
        DocumentFactory(public_id=document.public_id)


@given(st.integers(1, 9998), st.integers(1, 12))
def test_every_calendar_month_has_at_most_31_days(year, month):
    date_ = PartialDate.parse(f"{year:04}-{month:02}")
    assert 28 <= (date_.end - date_.first).days <= 31
