"""Words and phrases that mean nearly the same, or the opposite."""

from collections import defaultdict

import pytest

from claims.comparison import Saying, read
from claims.comparison.alignment import align
from claims.comparison.lexicon import LANGUAGES, entries, stems_of_entry
from claims.comparison.near import near


def aligned(first, second, language="fr"):
    return align(read(Saying(first, language)), read(Saying(second, language)))


def pairs(found):
    return {(a.text, b.text) for a, b, _how in found.same}


@pytest.mark.parametrize(
    ("first", "second", "language", "pair"),
    [
        (
            "Le groupe licencie.",
            "Le groupe supprime 200 postes.",
            "fr",
            ("licencie", "supprime postes"),
        ),
        ("Il a mis la clé sous la porte.", "Il a fermé.", "fr", ("mis clé sous porte", "fermé")),
        ("Le Kremlin nie.", "La Russie nie.", "fr", ("Kremlin", "Russie")),
        (
            "Nous manquons d'arbitres.",
            "Nous n'avons pas assez d'arbitres.",
            "fr",
            ("manquons", "avons pas assez"),
        ),
        ("L'Unédic alerte.", "L'assurance chômage alerte.", "fr", ("Unédic", "assurance chômage")),
        (
            "The plant will lay off 200.",
            "The plant will cut 200 jobs.",
            "en",
            ("lay off", "cut jobs"),
        ),
    ],
)
def test_what_means_the_same_is_told_of_both(first, second, language, pair):
    assert pair in pairs(aligned(first, second, language))


def test_a_phrase_without_a_partner_is_taken_word_by_word():
    found = aligned("Le groupe supprime des postes.", "Des postes par dizaines.")
    assert ("postes", "postes") in pairs(found)


def test_what_a_phrase_denies_is_its_own():
    reading = read(Saying("Nous n'avons pas assez d'arbitres."))
    assert reading.negations == 0
    assert not any(content.denied for content in reading.contents)


def test_a_phrase_that_denies_what_the_other_says_is_a_negation():
    found = aligned("Le budget sera voté.", "Le budget ne sera pas voté.")
    assert found.denials == 1
    assert [(a.denied, b.denied) for a, b, _how in found.same if a.text == "voté"] == [
        (False, True)
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("L'usine embauche.", "L'usine supprime 30 postes."),
        ("La piscine rouvre.", "La piscine baisse le rideau."),
    ],
)
def test_what_means_the_opposite_is_opposed(first, second):
    assert aligned(first, second).opposed


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_can_be_looked_up(language):
    assert [
        entry for _number, entry in entries(language) if not stems_of_entry(language, entry)
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_on_both_sides_of_a_bar(language):
    numbers = defaultdict(set)
    for number, entry in entries(language):
        numbers[entry].add(number)
    assert [entry for entry, of in numbers.items() if any(number ^ 1 in of for number in of)] == []


def test_near_words_are_those_of_the_smallest_groups_first():
    assert "ophtalmo" in near("fr", "ophtalmolog", 3)
    assert len(near("fr", "mort", 5)) == 5


def test_a_word_that_is_in_no_group_has_no_near_ones():
    assert near("fr", "vernaz", 5) == ()
