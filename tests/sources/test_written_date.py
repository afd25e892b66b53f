import pytest
from django.utils import translation

from sources.partial_date import PartialDate
from sources.written_date import written_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025-12-03", "2025-12-03"),
        ("03/12/2025", "2025-12-03"),
        ("3.12.2025", "2025-12-03"),
        ("12/2025", "2025-12"),
        ("3 décembre 2025", "2025-12-03"),
        ("3  DECEMBRE\u00a02025", "2025-12-03"),
        ("1er mai 2025", "2025-05-01"),
        ("1 févr. 2025", "2025-02-01"),
        ("décembre 2025", "2025-12"),
        ("2025", "2025"),
    ],
)
def test_reads_what_french_editors_type(text, date):
    with translation.override("fr"):
        assert written_date(text) == PartialDate.parse(date)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("3 December 2025", "2025-12-03"),
        ("Dec 3rd, 2025", "2025-12-03"),
        ("December 2025", "2025-12"),
    ],
)
def test_reads_what_english_editors_type(text, date, english):
    assert written_date(text) == PartialDate.parse(date)


@pytest.mark.parametrize("text", ["31/02/2025", "31 juin 2025", "jui 2025", "3 brumaire 2025"])
def test_what_is_no_date_is_refused(text):
    with translation.override("fr"), pytest.raises(ValueError, match="2025"):
        written_date(text)


def test_figures_that_mean_two_dates_in_english_are_refused(english):
    with pytest.raises(ValueError, match="is not a date"):
        written_date("03/12/2025")
