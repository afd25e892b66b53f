"""The words of a text, and how rare they are in the record."""

import pytest
from django.db import connection

from claims.retrieval.words import LONGEST, MOST, telling_words
from tests.factories import ClaimFactory

pytestmark = pytest.mark.django_db


def stems(text):
    (words,) = telling_words([text])
    return {stem for word in words for stem in word.stems}


def test_a_word_has_its_stem_with_accents_and_without():
    assert stems("fermés") == {"ferm"}
    assert stems("impôts") == {"impôt", "impot"}


def test_an_english_text_has_english_stems():
    assert stems("the ministers were lying to the parties") == {"minist", "lie", "parti"}


def test_the_parts_of_a_compound_are_words():
    assert stems("Saint-Vernaz") == {"saint", "vernaz"}


def test_the_rarest_come_first_once_the_record_is_counted():
    for number in range(20):
        ClaimFactory(quote=f"le pont numéro {number}")
    ClaimFactory(quote="le viaduc numéro 7")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE claims_claim")
    (words,) = telling_words(["un pont ou un viaduc"])
    assert [(word.text, round(word.claims)) for word in words] == [("viaduc", 1), ("pont", 20)]
    assert words[0].rarity > words[1].rarity


def test_a_word_nobody_has_written_is_one_of_the_nearest_known_ones():
    ClaimFactory(quote="la gare de Montgeron")
    assert "montgeron" in stems("la gare de Montgeorn")


@pytest.mark.parametrize("text", ["", "de la le", "%_\\ & | ! : * ( '", "\0", "😀 – …"])
def test_what_has_no_words_has_none(text):
    assert telling_words([text]) == [[]]


def test_of_a_very_long_text_some_words_are_looked_for():
    (words,) = telling_words([" ".join(f"mot{number}x" for number in range(10 * LONGEST))])
    assert len(words) == MOST
