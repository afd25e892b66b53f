"""Offices known by several names."""

import pytest

from claims.extraction.folding import stem
from claims.extraction.offices import office_of, place_of


def office(noun, *modifiers):
    return office_of(noun, frozenset(place_of(stem(word)) for word in modifiers))


@pytest.mark.parametrize(
    ("noun", "modifiers"),
    [("chef", ["gouvernement"]), ("cheffe", ["exécutif"]), ("locataire", ["Matignon"])],
)
def test_a_head_of_government_has_several_names(noun, modifiers):
    assert office(noun, *modifiers).name == office("ministre", "premier").name


def test_an_office_may_say_whose_it_is():
    assert office("ministre", "Premier", "canadien").name == office("ministre", "premier").name


def test_a_noun_without_its_modifiers_is_no_office():
    assert office("ministre") is None


def test_the_minister_of_defence_is_not_that_of_justice():
    assert office("ministre", "Défense").name != office("ministre", "Justice").name


@pytest.mark.parametrize("word", ["russe", "Russie", "Moscou", "Kremlin"])
def test_a_demonym_a_capital_and_a_seat_stand_for_the_country(word):
    assert place_of(stem(word)) == "russie"


def test_a_word_that_is_no_place_stands_for_itself():
    assert place_of("sante") == "sante"
