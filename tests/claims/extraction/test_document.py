"""A document in plain objects tells the rules what spaCy would."""

import pytest

from claims.extraction.article import parse
from claims.extraction.document import Document, lows, text_of

TEXT = """Le maire, Paul Vidal, a promis mardi deux écoles à Montreuil.
« Rien\u00a0n'est\u2009joué », dit-elle.

Aucun des 12 élus n'a répondu.\n"""
NAMES = [
    "i", "idx", "text", "lower_", "lemma_", "pos_", "dep_", "ent_type_", "ent_iob_", "whitespace_",
    "text_with_ws", "is_alpha", "is_punct", "is_space", "like_num", "is_sent_start", "shape_",
]  # fmt: skip
RELATIVES = ["children", "lefts", "rights", "subtree", "ancestors"]


@pytest.fixture(scope="module")
def doc(extractor):
    return next(parse(extractor.nlp, [(TEXT, None)], 64))


@pytest.fixture(scope="module")
def document(doc):
    return Document.of(doc)


@pytest.mark.parametrize("name", NAMES)
def test_a_word_has_the_attributes_of_its_token(doc, document, name):
    assert [getattr(w, name) for w in document] == [getattr(t, name) for t in doc]


@pytest.mark.parametrize("name", RELATIVES)
def test_a_word_has_the_relatives_of_its_token(doc, document, name):
    found = [[other.i for other in getattr(w, name)] for w in document]
    assert found == [[other.i for other in getattr(t, name)] for t in doc]


def test_a_word_has_the_head_and_left_edge_of_its_token(doc, document):
    found = [(w.head.i, w.left_edge.i) for w in document]
    assert found == [(t.head.i, t.left_edge.i) for t in doc]


@pytest.mark.parametrize("name", ["Gender", "Number", "VerbForm", "Mood"])
def test_a_word_has_the_features_of_its_token(doc, document, name):
    assert [w.morph.get(name) for w in document] == [t.morph.get(name) for t in doc]


@pytest.mark.parametrize("bounds", [(0, 5), (3, 3), (7, 2), (2, 500)])
def test_tokens_side_by_side_are_written_as_a_span(doc, document, bounds):
    assert text_of(document, *bounds) == doc[slice(*bounds)].text


def test_neighbours_are_words_of_the_same_document(document):
    assert document[2].nbor() is document[3]
    assert document[2].nbor(-1) is document[1]


def test_what_it_does_not_hold_is_asked_of_spacy(doc, document):
    assert [entity.text for entity in document.ents] == [entity.text for entity in doc.ents]


def test_what_a_component_sets_is_seen_on_both_sides(doc, document):
    document._.published_on = "2025-12-08"
    assert doc._.published_on == "2025-12-08"
    doc._.published_on = "2025"
    assert document._.published_on == "2025"


def test_an_extension_that_nobody_set_has_its_default(document):
    assert document._.speakers == ()


def test_it_is_made_once(doc, document):
    assert Document.of(doc) is document
    assert Document.of(document) is document


def test_lower_case_words_come_from_either(doc, document):
    assert lows(document) == [token.lower_ for token in doc]


def test_the_components_give_back_the_document_of_spacy(extractor, doc):
    assert all(component(doc) is doc for _, component in extractor.rules.pipeline)


def test_a_noun_for_people_after_an_article_is_no_verb(extractor):
    text = "Le leader autochtone entend faire valoir ses droits."
    words = Document.of(next(parse(extractor.nlp, [(text, None)], 64)))
    assert words[1].pos_ == "NOUN"
