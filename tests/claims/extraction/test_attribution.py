"""Choosing what a cue reports among all that it might."""

import pytest

from claims.extraction import weighing
from claims.extraction.article import parse
from claims.extraction.attribution import eligible, offers
from claims.extraction.document import Document, text_of
from claims.extraction.linear import LinearModel
from claims.extraction.weighing import choose


@pytest.fixture
def cued(extractor):
    """Read a text as far as its cues."""

    def read(text: str) -> Document:
        doc = next(parse(extractor.nlp, [(text, "2025-12-08")], 1))
        return Document.of(extractor.rules.get_pipe("constat_cues")(doc))

    return read


def contents(doc, cue) -> list[str]:
    offered, _rule = offers(doc, cue, [])
    return [" … ".join(text_of(doc, *span) for span in p.content) for p in offered]


def test_each_content_is_offered_once(cued):
    doc = cued("Le maire a promis mardi aux parents de publier le rapport.")
    (cue,) = eligible(doc)
    found = contents(doc, cue)
    assert "publier le rapport" in found
    assert len(found) == len(set(found))


def test_a_cue_that_only_now_and_then_reports_is_weighed(cued):
    doc = cued("Les astronomes ont découvert que l'étoile pâlit.")
    assert "l'étoile pâlit" in contents(doc, *eligible(doc))


def test_contents_that_overlap_share_the_probability_of_a_claim(cued, monkeypatch):
    doc = cued("Le maire a promis de publier le rapport.")
    (cue,) = eligible(doc)
    offered, _rule = offers(doc, cue, [])
    unlikely = LinearModel(("no", "yes"), (0.0, -0.85), {})  # 0.3 each, whatever is seen
    monkeypatch.setattr(weighing, "load_weights", lambda name: unlikely)
    assert choose(doc, cue, offered[:1], None) is None
    proposal, probability = choose(doc, cue, offered[:2], None)
    assert proposal == offered[0]
    assert probability == pytest.approx(0.6, abs=0.01)


def test_verbs_of_the_same_complements_are_of_one_class(cued):
    doc = cued("Le maire déclare que l'eau monte. Le maire indique que l'eau monte.")
    said, told = (cue.verb for cue in eligible(doc))
    assert said.name != told.name
    assert said.signature == told.signature


def test_a_headline_holds_no_cue(cued):
    doc = cued(
        "Le maire promet deux écoles\n\n"
        "Le maire de Lorme était absent lundi soir, au conseil, et la salle était vide."
    )
    assert eligible(doc) == []


def test_a_purpose_is_no_source(said):
    assert said("Il travaille pour le maire.") == []


def test_who_asked_is_no_source(only):
    claim = only("Interrogé par Le Quotidien, un commerçant de Lorme dit craindre une pénurie.")
    assert claim.speaker == "commerçant de Lorme"


def test_what_is_said_again_elsewhere_is_taken_up(only):
    claim = only("La piscine fermera en juin. C'est ce qu'a annoncé la maire, Jeanne Roux, lundi.")
    assert (claim.content, claim.speaker) == ("La piscine fermera en juin", "Jeanne Roux")


def test_a_surer_claim_has_more_confidence(said):
    (plain,) = said("« La piscine fermera », a déclaré le maire, Luc Morand.")
    assert 0.8 < plain.confidence <= 1
