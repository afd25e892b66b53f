"""The mention a claim is attributed to: which noun phrase, and how much of it."""

import pytest

from claims.extraction import mention_ends
from claims.extraction.article import parse
from claims.extraction.document import Document
from claims.extraction.linear import LinearModel
from claims.extraction.outline import outline_of


def test_the_subject_is_found_across_a_relative_clause(only):
    claim = only("Les avocats qui défendent la mairie soutiennent que le contrat est nul.")
    assert claim.source == "Les avocats"


def test_the_subject_is_found_across_an_apposition(only):
    claim = only("Jeanne Roux, la maire de Valmère, affirme que la piscine fermera.")
    assert claim.source == "Jeanne Roux, la maire de Valmère"


def test_a_noun_of_the_clause_between_is_no_subject(said):
    claims = said(
        "Le préfet annonce trois jours de fermeture et appelle les habitants à rester chez eux."
    )
    assert [claim.source for claim in claims] == ["Le préfet", "Le préfet"]


def test_an_hour_is_no_subject(only):
    claim = only("À 10 heures 32, le préfet a annoncé que la route était rouverte.")
    assert claim.source == "le préfet"


def test_an_inserted_clause_may_stand_right_after_its_subject_matter(only):
    claim = only("Une telle décision, fait remarquer un diplomate, serait contraire au traité.")
    assert claim.source == "un diplomate"


def test_the_subject_may_follow_adverbs_and_addressees(only):
    claim = only("« Nous rouvrirons en mai », a répondu hier à la presse M. Tardif.")
    assert claim.source == "M. Tardif"


def test_a_second_verb_shares_the_subject(said):
    claims = said("La ministre a dit que la loi passerait et promis que les crédits suivraient.")
    assert [claim.source for claim in claims] == ["La ministre", "La ministre"]


def test_a_participle_shares_the_subject_of_the_verb_before_it(said):
    claims = said("« La route est sûre », a déclaré la préfète, ajoutant que le pont rouvrirait.")
    assert [claim.source for claim in claims] == ["la préfète", "la préfète"]


def test_a_participle_shares_an_inverted_pronoun(said):
    claims = said("« La route est sûre », a-t-elle dit, précisant que le pont rouvrirait en mai.")
    assert claims[1].source == "elle"


def test_an_opening_participle_takes_the_subject_that_follows(said):
    claims = said("Se disant « confiante », la maire a estimé que le budget serait voté.")
    assert [claim.source for claim in claims] == ["la maire", "la maire"]


def test_qui_stands_for_the_noun_phrase_before_it(only):
    claim = only("La réforme inquiète les syndicats, qui craignent que les postes disparaissent.")
    assert claim.source == "les syndicats"


@pytest.mark.parametrize("source", ["L'un des avocats", "Ces derniers", "Celle-ci", "Ceux-ci"])
def test_a_pronoun_keeps_what_depends_on_it(only, source):
    verb = "affirme" if source.startswith("Celle") else "affirment"
    assert only(f"{source} {verb} que la preuve est fausse.").source == source


@pytest.mark.parametrize(
    "source",
    [
        "Le parti au pouvoir",
        "Luc Morand, porte-parole du syndicat,",
        "L'Observatoire du climat et de l'eau (OCE)",
        "Le dirigeant de l'agence Valmer Ömer Sarak",
        "Certains d'entre eux",
        "Certains élus",
    ],
)
def test_a_subject_is_taken_whole(only, source):
    assert only(f"{source} estime que le budget suffira.").source == source.rstrip(",")


def test_a_participle_keeps_its_agent_after_a_preposition(only):
    claim = only("Selon une étude publiée par la Banque de Lorme, les prix ont baissé de 2 %.")
    assert claim.source == "une étude publiée par la Banque de Lorme"


def test_what_begins_after_a_named_source_is_not_part_of_it(only):
    claim = only("Selon Lorme Matin, le pont, fermé depuis mars, rouvrira en mai.")
    assert claim.source == "Lorme Matin"


def test_a_party_in_brackets_is_left_out(only):
    claim = only("Jeanne Roux (LR) affirme que le budget suffira.")
    assert claim.source == "Jeanne Roux"


def test_a_relative_clause_is_left_out(only):
    claim = only("Le collectif, qui compte deux cents membres, réclame un audit.")
    assert claim.source == "Le collectif"


def test_a_relative_pronoun_after_selon_stands_for_the_name_with_its_title(said):
    claims = said("Jeanne Roux, la maire de Valmère, selon qui le pont rouvrira, attend un audit.")
    assert "Jeanne Roux, la maire de Valmère" in [claim.source for claim in claims]


def test_a_name_is_taken_with_the_title_before_it(said):
    claims = said(
        "« La route est sûre », a déclaré le préfet de Lorme, Luc Morand, ajoutant que le pont "
        "rouvrirait en mai."
    )
    assert [claim.source for claim in claims] == ["le préfet de Lorme, Luc Morand"] * 2


def test_et_before_a_label_is_no_source(only):
    claim = only("Et la maire de conclure : « Nous ne fermerons pas la piscine cet hiver. »")
    assert claim.source == "la maire"


@pytest.mark.parametrize(
    "text",
    ["Cela montre que le pont est fragile.", "Rappelons que le pont date de 1960."],
)
def test_a_verb_whose_subject_is_no_speaker_cites_nobody(said, text):
    assert said(text) == []


def test_on_is_who_speaks_in_a_place(only):
    claim = only("Chez Orvalia, on craint que le site ferme.")
    assert (claim.source, claim.speaker) == ("Orvalia", "Orvalia")


def test_a_mention_never_ends_with_an_adverb_of_what_follows(extractor, monkeypatch):
    goes_on = LinearModel(["no", "yes"], [0.0, 1.0], {})
    monkeypatch.setattr(mention_ends, "load_weights", lambda name: goes_on)
    [doc] = parse(extractor.nlp, [("Le maire tandis que la foule part.", None)], 1)
    doc = Document.of(doc)
    [maire] = (chunk for chunk in outline_of(doc, 0).chunks if chunk.head == 1)
    after = mention_ends.mention_end(doc, maire, len(doc))
    assert doc[after - 1].text == "maire"


def test_a_second_figure_is_no_part_of_who_gave_the_first(said):
    text = (
        "Les cortèges ont réuni 2 000 personnes selon la police et 4 000 selon les organisateurs."
    )
    assert "police" in [claim.speaker for claim in said(text)]


def test_the_agent_of_a_passive_may_follow_a_long_quotation(only):
    claim = only(
        "Le projet est décrit comme « un chantier qui a commencé sans permis, qui a coûté le "
        "double de ce que nous avions voté et que personne ne surveille » par une conseillère."
    )
    assert claim.speaker == "conseillère"


def test_who_was_asked_is_the_noun_not_the_participle(only):
    claim = only("Interrogés, des voisins du maire disent ne pas croire à ce projet.")
    assert claim.source == "des voisins du maire"


def test_the_noun_after_a_setting_does_not_belong_to_it(only):
    claim = only("Dans le cadre de la loi Morand, les députés ont promis de baisser l'impôt.")
    assert claim.source == "les députés"
