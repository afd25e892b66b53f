"""Who was spoken of last."""

import pytest

from claims.extraction.article import parse
from claims.extraction.cast import Cast
from claims.extraction.entities import people
from claims.extraction.organisations import organisations
from claims.extraction.salience import nearest


def speakers(claims):
    return [claim.speaker for claim in claims]


def test_a_subject_is_more_salient_than_an_object(said):
    text = "Luc Morand a parlé avec Paul Garnier. Il affirme que les lits manquent."
    assert speakers(said(text)) == ["Luc Morand"]


@pytest.fixture
def cast(extractor):
    """Everybody a text speaks of."""

    def cast(text):
        doc = next(parse(extractor.nlp, [(text, None)], 8))
        return Cast(doc, people(doc), organisations(doc))

    return cast


def test_ce_dernier_is_the_last_one_named(cast):
    found = cast("Luc Morand a parlé avec Paul Garnier. Ce dernier est parti.")
    assert nearest(found, 7, "m", False).name == "Paul Garnier"


def test_what_somebody_is_does_not_hide_who(cast):
    found = cast(
        "Luc Morand est parti. Paul Garnier était responsable des comptes. Ce dernier ment."
    )
    assert nearest(found, len(found.doc) - 4, "m", False).name == "Paul Garnier"


def test_a_name_inside_a_quotation_is_hardly_salient(said):
    text = "Luc Morand est en colère. « Paul Garnier savait tout et il a menti », affirme-t-il."
    assert speakers(said(text)) == ["Luc Morand"]


def test_a_name_outweighs_an_unnamed_subject(said):
    text = "Luc Morand affirme que les lits manquent. Un patient attend. Il promet d'agir."
    assert speakers(said(text)) == ["Luc Morand", "Luc Morand"]


def test_pronouns_keep_somebody_salient(said):
    text = (
        "Luc Morand est arrivé lundi. Il a déjeuné avec Paul Garnier. Il rejoint ainsi Marc Petit "
        "au palmarès. « Je suis ravi », a-t-il lancé."
    )
    assert speakers(said(text)) == ["Luc Morand"]


def test_who_has_a_first_name_of_another_gender_is_taken_up_where_nobody_else_can_be(said):
    text = "Rana Morand, ministre de la Santé, a parlé lundi. Il affirme que les lits manquent."
    assert speakers(said(text)) == ["Rana Morand"]


@pytest.mark.parametrize(
    "others", ["Mme Rana Morand a parlé avec Paul Garnier", "Rana Morand a parlé avec Paul Garnier"]
)
def test_who_agrees_comes_before_who_does_not(said, others):
    assert speakers(said(f"{others}. Il affirme que les lits manquent.")) == ["Paul Garnier"]


def test_whose_gender_is_told_is_not_taken_up_by_another(said):
    text = "Mme Rana Morand a parlé lundi. Il affirme que les lits manquent."
    assert speakers(said(text)) != ["Rana Morand"]


def test_a_role_keeps_who_holds_it_salient(said):
    text = (
        "Luc Morand, candidat de la gauche, était à Lorme. Paul Garnier y est né. Le candidat a "
        "visité l'usine. Il affirme que les lits manquent."
    )
    assert speakers(said(text)) == ["Luc Morand"]


def test_somebodys_is_taken_up_with_whose_it_is(said):
    text = "Luc Morand affirme que son client est innocent. Ce dernier promet de parler."
    assert speakers(said(text))[-1] == "client de Luc Morand"
