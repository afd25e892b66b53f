"""People who speak together."""

import pytest


def speakers(claims):
    return [claim.speaker for claim in claims]


def test_two_candidates_are_those_named_last(said):
    text = (
        "Luc Morand, candidat du centre, et Anne Roux, candidate de gauche, se sont rencontrés. "
        "Les deux candidats affirment que le vote est truqué."
    )
    assert speakers(said(text)) == ["Luc Morand et Anne Roux"]


def test_people_with_another_role_are_not_counted(said):
    text = (
        "Luc Morand et Anne Roux se sont rencontrés devant Paul Garnier, chanteur. "
        "Les deux candidats affirment que le vote est truqué."
    )
    assert speakers(said(text)) == ["Luc Morand et Anne Roux"]


def test_a_group_without_names_keeps_its_description(said):
    text = "Il pleuvait hier. Les deux candidats affirment que le vote est truqué."
    assert speakers(said(text)) == ["candidats"]


def test_a_couple_is_the_two_named_together(said):
    text = "Paul et Anne Garnier vivent ici. Le couple affirme que la route est dangereuse."
    assert speakers(said(text)) == ["Paul et Anne Garnier"]


def test_a_name_inside_a_role_does_not_speak(only):
    claim = only(
        "Anne Roux, présidente de la fondation Paul Garnier, affirme que les dons ont baissé."
    )
    assert claim.speaker == "Anne Roux"


def test_a_second_speaker_may_have_a_role(only):
    claim = only("Anne Roux et le maire Paul Garnier affirment que la route est dangereuse.")
    assert claim.speaker == "Anne Roux et Paul Garnier"


@pytest.mark.parametrize(
    "pair",
    [
        "Luc Morand, du syndicat SUD, et Anne Roux, de la CGT,",
        "Le président du Sénat, Luc Morand, et la maire de Lorme, Anne Roux,",
        "Le ministre des Sports, Luc Morand, et sa collègue Anne Roux",
    ],
)
def test_a_plural_verb_has_all_who_share_it(only, pair):
    claim = only(f"{pair} affirment que le stade sera prêt en mai.")
    assert claim.speaker == "Luc Morand et Anne Roux"


def test_the_two_men_are_those_who_spoke_together(said):
    text = "Luc Morand et Paul Garnier, maire, s'en vont. Les deux hommes affirment que c'est fini."
    assert speakers(said(text)) == ["Luc Morand et Paul Garnier"]


def test_two_institutions_are_those_that_spoke_together(said):
    text = (
        "Greenpeace et Oxfam affirment que le lac meurt. "
        "Les deux ONG demandent la fermeture de l'usine."
    )
    assert speakers(said(text)) == ["Greenpeace et Oxfam", "Greenpeace et Oxfam"]
