"""The times a saying speaks of."""

from datetime import date

from claims.comparison import Saying, read
from sources.partial_date import PartialDate


def days(text, said_on="2025-12-03", language="fr"):
    reading = read(Saying(text, language, said_on=PartialDate.parse(said_on)))
    return [(day.first, day.end) for day in reading.days]


def test_a_year_is_its_days():
    assert days("En 2024, le déficit a baissé.") == [(date(2024, 1, 1), date(2025, 1, 1))]


def test_last_year_is_told_from_the_day_of_saying():
    assert days("Le chômage a reculé l'an dernier.") == [(date(2024, 1, 1), date(2025, 1, 1))]
    assert days("Crime fell last year.", language="en") == [(date(2024, 1, 1), date(2025, 1, 1))]


def test_an_english_day_is_read():
    day = [(date(2025, 3, 4), date(2025, 3, 5))]
    assert days("On March 4, 2025, he left.", language="en") == day
    assert days("On 4 March 2025 he left.", language="en") == day


def test_a_day_that_no_calendar_has_is_none():
    assert days("On February 31 he left.", language="en") == []
