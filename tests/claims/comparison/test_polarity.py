"""What a saying denies."""

import pytest

from claims.comparison.polarity import denied
from claims.comparison.words import words_of


def read(text, language="fr"):
    words = words_of(text, language)
    found = denied(words, language)
    return found, {words[place].text for place in found.places}


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Nous ne baisserons pas les impôts", "baisserons"),
        ("Aucun élu n'a voté ce texte", "voté"),
        ("Personne n'a voté ce texte", "voté"),
        ("Je n'ai jamais rencontré cet homme", "rencontré"),
        ("Un budget sans déficit", "déficit"),
    ],
)
def test_a_negation_reaches_the_next_word_that_tells_something(text, target):
    found, targets = read(text)
    assert found.negations == 1
    assert targets == {target}


@pytest.mark.parametrize(
    "text",
    [
        "La fraude ne concerne pas seulement les aides",
        "C'est sans doute vrai",
        "Une personne a été blessée",
        "Avant qu'il ne parte",
        "Plus de cent élus",
    ],
)
def test_some_negations_deny_nothing(text):
    assert read(text)[0].negations == 0


def test_ne_que_restricts():
    found, _targets = read("Le musée n'a accueilli que trente visiteurs")
    assert found.only
    assert not found.negations


def test_ne_plus_says_that_something_ended():
    assert read("Il n'est plus ministre")[0].ended
    assert read("He is no longer mayor", "en")[0].ended


def test_two_negations_are_counted():
    assert read("Il n'y a pas un quartier qui ne soit touché")[0].negations == 2


def test_english_contractions_deny():
    found, targets = read("The plant didn't close", "en")
    assert found.negations == 1
    assert targets == {"close"}
