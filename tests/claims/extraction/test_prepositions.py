"""Sources that a preposition brings in: "selon", "pour", "de source"."""

import pytest


@pytest.mark.parametrize("cue", ["Selon", "D'après", "De l'avis de"])
def test_the_content_follows_the_source(only, cue):
    claim = only(f"{cue} Claire Delmas, la vanne a cédé dans la nuit.")
    assert claim.content == "la vanne a cédé dans la nuit"
    assert (claim.cue, claim.source) == (cue, "Claire Delmas")


def test_the_content_goes_before_the_source(only):
    assert only("La vanne a cédé dans la nuit, selon les pompiers.").content == (
        "La vanne a cédé dans la nuit"
    )


def test_the_content_stands_on_both_sides(only):
    claim = only("Les chiffres corrects, selon le ministère, sont de 570 000 passagers.")
    assert claim.content == "Les chiffres corrects … sont de 570 000 passagers"


def test_a_clause_that_cites_somebody_else_is_left_out(said):
    first, second = said("Selon la police, le suspect a fui et le procureur assure qu'il est armé.")
    assert (first.content, second.content) == ("le suspect a fui", "il est armé")


def test_words_that_lead_in_are_left_out(only):
    assert only("En effet, selon la police, le suspect a fui.").content == "le suspect a fui"


def test_pour_gives_the_view_of_a_person(only):
    claim = only("Pour Claire Delmas, rien ne prouve la fraude.")
    assert (claim.content, claim.kind) == ("rien ne prouve la fraude", "opinion")


@pytest.mark.parametrize(
    "text",
    [
        "Pour sa part, le maire est resté muet.",
        "Pour 2 euros, les visiteurs montent sur le toit.",
        "Les prix varient selon les saisons.",
        "Chacun participe selon ses moyens.",
    ],
)
def test_a_purpose_or_a_measure_is_no_source(said, text):
    assert said(text) == []


def test_an_unnamed_source_keeps_its_description(only):
    claim = only("De source proche du dossier, la vanne avait été signalée.")
    assert claim.speaker == "source proche du dossier"
    assert claim.speaker_kind == "anonymous"


def test_the_pronoun_inside_the_phrase_is_the_source(said):
    text = "Le sénateur Luc Morand critique le projet. À l'en croire, rien n'est financé."
    claim = said(text)[-1]
    assert claim.content == "rien n'est financé"
    assert claim.speaker == "Luc Morand"


@pytest.mark.parametrize("cue", ["A en croire", "À en croire"])
def test_a_capital_may_lack_its_accent(only, cue):
    claim = only(f"{cue} Claire Delmas, la vanne a cédé dans la nuit.")
    assert (claim.cue, claim.content) == (cue, "la vanne a cédé dans la nuit")


def test_dixit_names_who_spoke(only):
    claim = only("La vanne a cédé dans la nuit, dixit Claire Delmas.")
    assert (claim.speaker, claim.content) == ("Claire Delmas", "La vanne a cédé dans la nuit")


def test_a_noun_and_a_colon_label_what_follows(only):
    claim = only("Réponse de Claire Delmas : la vanne « tiendra tout l'hiver ».")
    assert (claim.speaker, claim.content) == ("Claire Delmas", "la vanne « tiendra tout l'hiver »")


def test_the_noun_of_a_label_alone_cites_nobody(said):
    assert said("La réponse de Claire Delmas a surpris les élus de la ville.") == []


def test_a_relative_phrase_ends_before_the_verb_of_its_noun(said):
    claims = said("La sénatrice, selon laquelle le texte est inutile, votera contre.")
    assert [claim.content for claim in claims] == ["le texte est inutile"]


def test_what_a_source_did_meanwhile_is_left_out(only):
    claim = only("D'après Claire Delmas, interrogée par La Gazette, la vanne a cédé.")
    assert claim.content == "la vanne a cédé"


def test_the_source_ends_before_the_subject_of_the_verb_after_it(only):
    claim = only("Selon un rapport de l'Union continentale les deux camps se réarment.")
    assert claim.source == "un rapport de l'Union continentale"
    assert claim.content == "les deux camps se réarment"


def test_a_relative_clause_after_the_source_is_no_content(only):
    claim = only("Selon une étude qu'elle a dirigée, les nappes baissent chaque été.")
    assert claim.content == "les nappes baissent chaque été"
