from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from sources.partial_date import PartialDate


def test_a_day_is_one_day_long():
    day = PartialDate.parse("2025-12-03")
    assert (day.first, day.last, day.precision) == (date(2025, 12, 3), date(2025, 12, 3), "day")


def test_a_month_ends_with_its_last_day():
    month = PartialDate.parse("2024-02")
    assert (month.first, month.last, month.precision) == (
        date(2024, 2, 1),
        date(2024, 2, 29),
        "month",
    )


def test_december_ends_the_year():
    assert PartialDate.parse("2025-12").end == date(2026, 1, 1)


def test_a_year_is_from_january_to_december():
    year = PartialDate.parse("2025")
    assert (year.first, year.last, year.precision) == (
        date(2025, 1, 1),
        date(2025, 12, 31),
        "year",
    )


@pytest.mark.parametrize(
    "text", ["", "hier", "2025-13", "2025-02-30", "2025-1-1", "0000", "9999", "9999-12-31"]
)
def test_what_is_no_date_is_refused_by_name(text):
    with translation.override("en"), pytest.raises(ValueError, match=text or "“”"):
        PartialDate.parse(text)


@given(st.dates(max_value=date(9998, 12, 31)), st.sampled_from([4, 7, 10]))
def test_iso_form_and_value_are_each_others_reverse(day, length):
    text = day.isoformat()[:length]
    assert PartialDate.parse(text).isoformat() == text


@pytest.mark.parametrize(
    ("iso", "french", "english"),
    [
        ("2025-12-03", "3 décembre 2025", "3 December 2025"),
        ("2025-05-01", "1er mai 2025", "1 May 2025"),
        ("2025-05-11", "11 mai 2025", "11 May 2025"),
        ("2025-12", "décembre 2025", "December 2025"),
        ("2025", "2025", "2025"),
    ],
)
def test_it_is_shown_as_each_language_writes_it(iso, french, english):
    with translation.override("fr"):
        assert str(PartialDate.parse(iso)) == french
    with translation.override("en"):
        assert str(PartialDate.parse(iso)) == english
