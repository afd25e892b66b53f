"""Numbers in figures and in words, what they count, and when two are the same."""

from math import inf

import pytest

from claims.comparison.numbers import agreement, quantities
from claims.comparison.words import words_of


def read(text, language="fr"):
    return quantities(words_of(text, language), language, frozenset())


def only(text, language="fr"):
    (quantity,), _years = read(text, language)
    return quantity


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("98 312 habitants", 98312, "personne"),
        ("quatre-vingt-dix-huit mille trois cent douze habitants", 98312, "personne"),
        ("vingt et un morts", 21, "mort"),
        ("soixante-dix-sept pour cent", 77, "%"),
        ("un million et demi d'euros", 1.5e6, "euro"),
        ("3,5 milliards d'euros", 3.5e9, "euro"),
        ("12 Md€", 12e9, "euro"),
        ("1.200 euros", 1200, "euro"),
        ("166 centimes", 1.66, "euro"),
        ("la moitié", 50, "%"),
        ("un Français sur trois", 100 / 3, "%"),
        ("trois quarts", 75, "%"),
        ("sur un an", 12, "mois"),
    ],
)
def test_a_french_number_is_read(text, value, unit):
    quantity = only(text)
    assert quantity.value == pytest.approx(value)
    assert quantity.unit == unit


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("two hundred and five people", 205, "personne"),
        ("1,200 jobs", 1200, "emploi"),
        ("$3.5 billion", 3.5e9, "dollar"),
        ("one in three", 100 / 3, "%"),
        ("half a million homes", 5e5, "logement"),
    ],
)
def test_an_english_number_is_read(text, value, unit):
    quantity = only(text, "en")
    assert quantity.value == pytest.approx(value)
    assert quantity.unit == unit


def test_a_year_is_no_amount():
    found, years = read("en 2026, le Covid-19 et le G7")
    assert not found
    assert [value for _place, value in years] == [2026]


def test_what_is_counted_is_kept_where_it_has_no_unit():
    assert only("33 nouvelles pages").things == {"pag"}


def test_a_bound_and_a_range_tell_how_far():
    assert only("plus de 100 euros").high == inf
    assert only("moins de 100 euros").low == -inf
    between = only("entre 10 et 15 %")
    assert (between.low, between.high) == (10, 15)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("33 pages", "33 pages", "same"),
        ("33 pages", "35 pages", "other"),
        ("un tiers", "33 %", "near"),
        ("un tiers", "30 %", "other"),
        ("près de 1,3 million d'élèves", "1,29 million d'élèves", "near"),
        ("3 000 postes", "3 012 postes", "near"),
        ("30 pages", "33 pages", "other"),
        ("plus de 100 euros", "moins de 100 euros", "other"),
        ("plus de 100 euros", "103 euros", "near"),
        ("plus de 100 euros", "80 euros", "other"),
        ("deux heures", "120 minutes", "same"),
        ("article 5", "article 6", "other"),
    ],
)
def test_two_numbers_agree_as_an_editor_would_say(one, other, expected):
    assert agreement(only(one), only(other)) == expected
    assert agreement(only(other), only(one)) == expected
