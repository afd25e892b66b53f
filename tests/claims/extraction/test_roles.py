"""What people are called beside their names, and whom it makes of them."""

import pytest

from claims.extraction.article import parse
from claims.extraction.roles import EXACT, Role, likeness, roles_before


def role(noun, *modifiers):
    words = frozenset(modifiers)
    return Role(noun, words, 0, words)


def test_the_same_noun_is_exact():
    assert likeness(role("maire"), role("maire", "lorm")) >= EXACT


def test_a_noun_is_the_same_for_a_man_and_a_woman():
    assert likeness(role("directrice"), role("directeur")) == EXACT


def test_a_noun_of_the_same_family_is_less_than_exact():
    assert 0 < likeness(role("élu"), role("maire", "lorm")) < EXACT


def test_of_two_nouns_of_a_family_one_must_be_general():
    assert likeness(role("chancelier"), role("président")) == 0


def test_nouns_of_two_families_are_not_alike():
    assert likeness(role("chanteuse"), role("juge")) == 0


def test_modifiers_that_clash_tell_two_roles_apart():
    assert likeness(role("ministre", "sant"), role("ministre", "sport")) == 0


def test_a_shared_modifier_counts_for_a_role():
    shared = likeness(role("ministre", "sant"), role("ministre", "sant"))
    assert shared > likeness(role("ministre"), role("ministre", "sant"))


@pytest.mark.parametrize(
    "named",
    [
        "Le député de Lorme Paul Garnier",
        "Paul Garnier, député de Lorme,",
        "Paul Garnier (député de Lorme)",
        "Paul Garnier, 52 ans, député de Lorme,",
        "L'ex-député de Lorme, Paul Garnier,",
    ],
)
def test_a_role_stands_before_or_after_the_name(said, named):
    text = f"{named} est arrivé hier. Le député affirme que la loi est injuste."
    assert [claim.speaker for claim in said(text)] == ["Paul Garnier"]


@pytest.mark.parametrize("verb", ["est le maire de Lorme", "a été élu maire de Lorme"])
def test_a_verb_gives_a_role(said, verb):
    text = f"Paul Garnier {verb}. Anne Delvaux visite l'école. Le maire affirme que tout est prêt."
    assert [claim.speaker for claim in said(text)] == ["Paul Garnier"]


def test_the_head_of_government_is_the_prime_minister(said):
    text = (
        "Le Premier ministre, Paul Garnier, a reçu Luc Morand, ministre de la Santé. "
        "Le chef du gouvernement affirme que la loi passera."
    )
    assert [claim.speaker for claim in said(text)] == ["Paul Garnier"]


def test_a_complement_of_a_role_is_no_role(said):
    text = "Le président du Conseil européen Paul Garnier affirme que la loi passera."
    assert [claim.speaker for claim in said(text)] == ["Paul Garnier"]


def test_somebodys_wife_is_not_he(said):
    text = (
        "Claire Delmas, l'épouse de Paul Garnier, était présente. "
        "Son épouse affirme que la maison est vide."
    )
    assert "Paul Garnier" not in [claim.speaker for claim in said(text)]


def test_a_woman_may_be_called_le_maire(said):
    text = "Jeanne Roux, maire de Lorme, était absente. Le maire affirme que l'école fermera."
    assert [claim.speaker for claim in said(text)] == ["Jeanne Roux"]


def test_a_role_noun_is_part_of_a_role_whatever_its_tag(extractor):
    doc = next(parse(extractor.nlp, [("Hier, le chef rebelle Paul Garnier est venu.", None)], 8))
    doc[4].pos_ = "VERB"
    assert [found.noun for found in roles_before(doc, 5)] == ["chef"]
