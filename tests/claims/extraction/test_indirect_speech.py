"""What follows a cue: clauses, infinitives, noun phrases."""

import pytest


def test_a_clause_after_que_is_the_content_without_que_and_the_stop(only):
    claim = only("Le maire affirme que la piscine fermera en juin.")
    assert claim.content == "la piscine fermera en juin"
    assert (claim.cue, claim.source) == ("affirme", "Le maire")


def test_a_participle_cue_includes_its_auxiliary(only):
    assert only("Le maire a déclaré que la piscine fermait.").cue == "a déclaré"


def test_an_adverb_leaves_the_participle_alone(only):
    assert only("Le maire a également souligné que la piscine fermait.").cue == "souligné"


def test_an_infinitive_is_the_content(only):
    claim = only("La ministre a promis de publier le rapport.")
    assert claim.content == "publier le rapport"


def test_a_past_infinitive_is_the_content(only):
    assert only("Le député dit avoir écrit au préfet.").content == "avoir écrit au préfet"


def test_a_noun_phrase_is_the_content(only):
    claim = only("La Banque de Lorme prévoit une hausse des prix.")
    assert claim.content == "une hausse des prix"


def test_a_noun_phrase_after_a_preposition_is_the_content(only):
    claim = only("La Banque de Lorme table sur une croissance de 2 %.")
    assert claim.content == "une croissance de 2 %"


def test_an_accusation_begins_at_the_accused(only):
    claim = only("La Kaldavie accuse son voisin d'avoir retardé les discussions.")
    assert claim.content == "son voisin d'avoir retardé les discussions"


def test_a_call_begins_at_those_who_are_called(only):
    claim = only("L'association appelle les habitants à boycotter le vote.")
    assert claim.content == "les habitants à boycotter le vote"


def test_a_qualification_runs_from_the_thing_qualified(only):
    claim = only("Le sénateur a qualifié la réforme d'« usine à gaz ».")
    assert claim.content == "la réforme d'« usine à gaz »"
    assert claim.quotation == "mixed"


def test_a_denial_holds_the_thing_denied(only):
    claim = only("Le groupe dément tout projet de fermeture.")
    assert claim.content == "tout projet de fermeture"


def test_what_somebody_says_of_himself_is_the_content(only):
    assert only("La ministre s'est dite confiante dans l'issue du vote.").content == (
        "confiante dans l'issue du vote"
    )


def test_a_noun_with_its_owner_is_a_cue(only):
    claim = only("Le ministre a exprimé sa conviction que le barrage sera mis en eau.")
    assert claim.content == "le barrage sera mis en eau"
    assert claim.cue == "a exprimé sa conviction"


def test_the_clause_announced_by_a_noun_is_the_content(only):
    claim = only("Le conseiller a évoqué une autre piste : que l'État vende ses parts.")
    assert claim.content == "l'État vende ses parts"


@pytest.mark.parametrize("cue", ["n'exclut pas", "n'écarte pas"])
def test_not_to_exclude_is_to_claim(only, cue):
    claim = only(f"Le ministre {cue} un report du scrutin.")
    assert claim.cue == cue
    assert claim.content == "un report du scrutin"


@pytest.mark.parametrize(
    "text",
    [
        "Le porte-parole n'a pas voulu dire si le budget augmenterait.",
        "Le groupe n'a pas précisé combien de postes seraient supprimés.",
        "La procureure n'a pas souhaité commenter l'enquête.",
    ],
)
def test_saying_nothing_is_no_claim(said, text):
    assert said(text) == []


def test_the_paper_speaking_to_its_readers_is_no_source(said):
    assert said("Rappelons que le chantier a commencé en 2019.") == []


def test_a_second_verb_shares_the_subject_and_ends_the_first_content(said):
    first, second = said(
        "Le maire a assuré que la piscine rouvrirait et a ajouté que les tarifs baisseraient."
    )
    assert first.content == "la piscine rouvrirait"
    assert (second.content, second.source) == ("les tarifs baisseraient", "Le maire")


def test_a_gerund_shares_the_subject(said):
    first, second = said(
        "La préfète a confirmé la fermeture du pont, tout en affirmant que les travaux avançaient."
    )
    assert first.content == "la fermeture du pont"
    assert (second.content, second.source) == ("les travaux avançaient", "La préfète")


def test_a_gerund_before_the_main_clause_ends_at_its_comma(said):
    first, second = said("Affirmant que l'eau est potable, le maire a promis de la boire.")
    assert first.content == "l'eau est potable"
    assert second.content == "la boire"


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("La ministre dénonce une mise en scène et quitte la salle.", "une mise en scène"),
        (
            "Après avoir dénoncé une mise en scène, la ministre a quitté la salle.",
            "une mise en scène",
        ),
        (
            "Le groupe promet de baisser ses prix et fermerait deux magasins.",
            "baisser ses prix et fermerait deux magasins",
        ),
    ],
)
def test_a_phrase_ends_where_the_clause_that_cites_goes_on(only, text, content):
    assert only(text).content == content


def test_a_call_to_somebody_begins_at_them_where_the_rest_is_quoted(only):
    claim = only("La préfète a demandé au maire de « garder son calme ».")
    assert claim.content == "au maire de « garder son calme »"


def test_what_explains_a_phrase_after_a_colon_is_no_part_of_it(said):
    first, *_ = said("Le député accuse la ministre de jouer la montre : le vote attendra juillet.")
    assert first.content == "la ministre de jouer la montre"


def test_a_second_clause_that_cites_somebody_else_ends_the_content(said):
    first, second = said(
        "Le maire affirme que la ville paiera et la préfète estime que la somme est trop haute."
    )
    assert (first.content, first.source) == ("la ville paiera", "Le maire")
    assert (second.content, second.source) == ("la somme est trop haute", "la préfète")


def test_a_verb_of_another_number_has_another_subject(said):
    first, *_ = said(
        "Le rapport indique que les alliés hésitent encore et souhaitent que la trêve dure."
    )
    assert first.content == "les alliés hésitent encore et souhaitent que la trêve dure"


def test_a_claim_inside_a_claim_cites_somebody_else(said):
    outer, inner = said("Le Courrier affirme que le maire a promis de démissionner.")
    assert outer.content == "le maire a promis de démissionner"
    assert (inner.content, inner.source) == ("démissionner", "le maire")


def test_a_wish_of_the_speaker_inside_a_claim_is_no_claim_of_its_own(only):
    claim = only("Le maire affirme qu'il souhaite rouvrir la piscine.")
    assert claim.content == "il souhaite rouvrir la piscine"


def test_a_report_of_the_way_something_was_said_is_left_out(only):
    claim = only("La ministre a démenti toute fraude dans un communiqué publié mardi.")
    assert claim.content == "toute fraude"


def test_a_passive_keeps_its_subject_and_leaves_out_its_agent(only):
    claim = only("Ces propos ont été qualifiés d'« inacceptables » par la ministre.")
    assert claim.content.startswith("Ces propos … ")
    assert "par la ministre" not in claim.content
    assert claim.source == "la ministre"


def test_hearsay_in_the_passive_has_no_source(only):
    claim = only("La société Frigalp est accusée d'avoir caché une fuite.")
    assert (claim.source, claim.speaker, claim.speaker_kind) == (None, None, "anonymous")


def test_the_object_of_a_relative_clause_is_part_of_the_content(said):
    claim = said("Il dénonce une démarche que le sénateur qualifie de « grotesque ».")[-1]
    assert "une démarche" in claim.content
    assert "grotesque" in claim.content


def test_what_somebody_says_of_themselves_is_a_claim(only):
    claim = only("Le ministre s'est dit inquiet de la situation.")
    assert (claim.cue, claim.content) == ("s'est dit", "inquiet de la situation")


def test_an_adjective_judges_the_object_it_follows(only):
    claim = only("Le syndicat juge la mesure insuffisante.")
    assert (claim.cue, claim.content) == ("juge", "la mesure insuffisante")


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("La réforme est jugée trop coûteuse par les élus.", "La réforme … trop coûteuse"),
        ("Il a été accusé par le maire de mentir.", "Il … de mentir"),
    ],
)
def test_the_agent_of_a_passive_is_no_part_of_the_content(only, text, content):
    assert only(text).content == content


def test_those_called_upon_are_part_of_the_content(only):
    claim = only("La présidence appelle les deux pays à la retenue.")
    assert claim.content == "les deux pays à la retenue"


@pytest.mark.parametrize(
    "text",
    [
        "Personne ne croit à un accord.",
        "Le maire a refusé de répondre.",
    ],
)
def test_nobody_and_no_answer_are_no_claims(said, text):
    assert said(text) == []


def test_what_was_left_unsaid_is_no_part_of_the_content(only):
    claim = only("Le maire a assuré que le pont rouvrirait, sans préciser de date.")
    assert claim.content == "le pont rouvrirait"


@pytest.mark.parametrize(
    "text",
    [
        "Comme l'a souligné le rapporteur, la loi est floue.",
        "La loi est floue, comme l'a souligné le rapporteur.",
    ],
)
def test_comme_takes_up_the_clause_beside_it(only, text):
    claim = only(text)
    assert claim.content.lower() == "la loi est floue"
    assert claim.source == "le rapporteur"


def test_what_breaks_off_goes_on_after_the_inserted_clause(only):
    claim = only("C'est, a ajouté le maire, une question d'honneur.")
    assert claim.content == "C'est … une question d'honneur"


def test_a_verb_of_a_new_kind_is_a_word_in_a_list(only):
    assert only("La préfecture invite à la prudence.").content == "la prudence"


def test_a_quotation_and_what_is_added_to_it_are_one_content(only):
    claim = only("L'entreprise invoque « l'effondrement du marché » et la hausse du prix du gaz.")
    assert claim.content == "« l'effondrement du marché » et la hausse du prix du gaz"
    assert claim.quotation == "mixed"


def test_an_infinitive_goes_on_after_a_quoted_negation(only):
    claim = only("L'élue a juré de ne « jamais » s'allier à Mme Roux.")
    assert claim.content == "ne « jamais » s'allier à Mme Roux"


def test_a_stressed_pronoun_is_not_the_subject(only):
    assert only("La maire, elle, redoute une perte fiscale.").source == "La maire"


def test_lequel_stands_for_the_noun_before_it(only):
    text = "Un avis que partage la Ligue des familles, laquelle affirme que l'école fermera."
    assert only(text).speaker == "Ligue des familles"


def test_a_question_is_no_claim(said):
    assert said("Le juge Paul Estève insiste : pourquoi avoir attendu deux ans ?") == []


def test_what_a_claim_is_called_after_it_is_no_part_of_it(said):
    text = "La maire prévoit des bus de nuit, une mesure que M. Roux qualifie de ruineuse."
    assert said(text)[0].content == "des bus de nuit"


def test_what_a_report_is_about_is_part_of_its_name(only):
    text = "Le maire s'est engagé à remettre un rapport sur l'état des réseaux, et à le lire."
    assert only(text).content == ("remettre un rapport sur l'état des réseaux, et à le lire")


def test_an_infinitive_before_an_adjunct_is_one(said):
    text = (
        "Hélène Roux a assuré que « rien ne changera » et promis de publier, « avant mai », "
        "les comptes."
    )
    assert [claim.content for claim in said(text)] == [
        "rien ne changera",
        "publier, « avant mai », les comptes",
    ]
