"""Who is who: the forms of a name."""

import pytest
from spacy.tokens import Span

from claims.extraction.article import parse
from claims.extraction.entities import people


def speakers(claims):
    return [claim.speaker for claim in claims]


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Haïdar al-Khatib", "Al-Khatib"),
        ("Hélène de Courcy", "Mme de Courcy"),
        ("Marion Le Goff", "Mme Le Goff"),
        ("Paul Vernet-Dumas", "M. Vernet-Dumas"),
        ("Zoé Lefèvre", "Mme LEFÈVRE"),
        ("Kim Jong-un", "Kim"),
        ("Ursula von der Leyen", "Mme von der Leyen"),
        ("Guy van den Berghe", "M. van den Berghe"),
    ],
)
def test_a_surname_finds_the_full_name(said, full, short):
    text = f"{full} dirige l'hôpital. {short} affirme que les lits manquent."
    assert speakers(said(text)) == [full]


def test_a_title_inside_a_mention_is_no_part_of_the_name(only):
    claim = only("L'évêque de Lorme Mgr Paul Garnier affirme que l'église est fermée.")
    assert claim.speaker == "Paul Garnier"


def test_an_initial_stays_with_the_first_name(only):
    assert (
        only("« Tout est perdu », murmure Fatima B., mère de deux filles.").speaker == "Fatima B."
    )


def test_a_pope_is_no_other_man_of_that_name(said):
    text = (
        "François Morel est venu voir le pape. Le pape François affirme que la paix est possible."
    )
    assert speakers(said(text)) == ["pape François"]


def test_a_preposition_at_the_head_of_a_sentence_is_no_part_of_a_name(said):
    text = "Paul Garnier est venu. Selon Garnier, les comptes sont justes."
    assert speakers(said(text)) == ["Paul Garnier"]


def test_a_masculine_title_does_not_make_a_man_of_a_woman(said):
    text = "Le docteur Anne Vasseur soigne la ville. Elle affirme que les lits manquent."
    assert speakers(said(text)) == ["Anne Vasseur"]


@pytest.mark.parametrize(
    "mention",
    [
        "le ministre de l'Intérieur du Gabon, Ulrik Ngome",
        "la députée Nadezh Wolde-Mariam",
        "le président de la Banque centrale Ulrik Ngome",
        "M. Ulrik Ngome",
    ],
)
def test_a_name_beside_a_role_is_found_whatever_the_tagger_says(extractor, mention):
    doc = next(parse(extractor.nlp, [(f"Hier, {mention}, est arrivé.", None)], 8))
    doc.ents = []
    assert [person.name for person in people(doc)] == [" ".join(mention.split()[-2:])]


@pytest.mark.parametrize("place", ["La rue Victor Hugo", "Le lycée Simone Martin"])
def test_what_bears_a_name_is_nobody(extractor, place):
    doc = next(parse(extractor.nlp, [(f"{place} est fermé.", None)], 8))
    doc.ents = []
    assert people(doc) == []


def test_a_full_name_is_whole_where_the_tagger_saw_the_surname(extractor):
    doc = next(parse(extractor.nlp, [("Hier, Claire Delmas est arrivée.", None)], 8))
    doc.ents = [Span(doc, 3, 4, label="PER")]
    assert [person.name for person in people(doc)] == ["Claire Delmas"]


def test_an_institution_after_a_name_is_no_part_of_it(only):
    assert only("Luc Morand de la CGT affirme que le site fermera.").speaker == "Luc Morand"
