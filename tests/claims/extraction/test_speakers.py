"""From a mention to a name."""

import pytest


def speakers(claims):
    return [claim.speaker for claim in claims]


def test_a_title_is_no_part_of_a_name(only):
    assert only("M. John Foreman affirme que l'accord est mort.").speaker == "John Foreman"


def test_a_role_before_it_is_no_part_of_a_name(only):
    claim = only("Le ministre de la Santé, Luc Morand, affirme que le vaccin est sûr.")
    assert (claim.speaker, claim.speaker_kind) == ("Luc Morand", "person")
    assert claim.source == "Le ministre de la Santé, Luc Morand"


def test_a_surname_finds_the_full_name(said):
    text = "Claire Delmas dirige l'hôpital. Mme Delmas affirme que les lits manquent."
    assert speakers(said(text)) == ["Claire Delmas"]


def test_a_role_finds_a_name_given_before(said):
    text = "Le président russe Igor Volkov est arrivé. Le dirigeant russe a dit que tout va bien."
    assert speakers(said(text)) == ["Igor Volkov"]


def test_a_role_finds_a_name_given_after(said):
    text = (
        "Le maire affirme que l'école fermera. Les parents occupent la cour. "
        "Jeanne Roux, maire de Lorme, était absente."
    )
    assert speakers(said(text))[:1] == ["Jeanne Roux"]


def test_a_role_alone_finds_the_one_person_near_who_has_no_other(said):
    text = "Le préfet Didier Petit a vu Karim Morand. L'attaquant affirme qu'il jouera."
    assert [claim.speaker for claim in said(text)] == ["Karim Morand"]


def test_a_role_of_somebodys_finds_who_alone_holds_it(said):
    text = (
        "La sénatrice Anne Roux a été entendue. José Petit, avocat au barreau de Lorme, "
        "l'accompagnait. Son avocat affirme que le dossier est vide."
    )
    assert [claim.speaker for claim in said(text)] == ["José Petit"]


def test_a_role_of_somebody_else_finds_nobody(said):
    text = (
        "Le ministre de la Santé, Luc Morand, était absent. "
        "Le ministre de la Défense affirme que l'armée est prête."
    )
    assert speakers(said(text)) == ["ministre de la Défense"]


def test_a_pronoun_finds_who_agrees(said):
    text = "Claire Delmas a rencontré Luc Morand. Elle affirme que les lits manquent."
    assert speakers(said(text)) == ["Claire Delmas"]


def test_a_pronoun_finds_who_spoke_last(said):
    text = "Claire Delmas assure que tout va bien. Elle ajoute que les lits suffisent."
    assert speakers(said(text)) == ["Claire Delmas", "Claire Delmas"]


def test_a_man_spoken_of_by_his_age_is_who_was_spoken_of_last(said):
    text = "Luc Morand a été entendu. Le quadragénaire affirme qu'il dormait."
    assert speakers(said(text)) == ["Luc Morand"]


def test_an_acronym_stands_for_its_organisation(said):
    text = (
        "L'Agence nationale de prévention (ANP) publie ses chiffres. "
        "L'ANP affirme que les Français dorment mal."
    )
    assert speakers(said(text)) == ["Agence nationale de prévention"]


def test_an_organisation_is_named_without_its_common_noun(only):
    claim = only("L'association Toit et Droits réclame un moratoire.")
    assert (claim.speaker, claim.speaker_kind) == ("Toit et Droits", "organisation")


def test_a_common_noun_takes_up_the_organisation(said):
    text = "Airbus annonce une commande. Le groupe affirme que les délais seront tenus."
    assert speakers(said(text))[-1] == "Airbus"


def test_a_capital_keeps_its_name(only):
    claim = only("Moscou affirme que l'accord est mort.")
    assert (claim.speaker, claim.speaker_kind) == ("Moscou", "organisation")


def test_a_report_is_a_document(only):
    claim = only("Le rapport de la Cour indique que les comptes sont faux.")
    assert (claim.speaker, claim.speaker_kind) == ("rapport de la Cour", "document")


def test_the_document_is_the_one_that_spoke(said):
    text = "Une étude de l'université montre que le lien existe. Le document ajoute qu'il est fort."
    assert speakers(said(text)) == ["étude de l'université", "étude de l'université"]


@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        ("Un responsable occidental", "responsable occidental"),
        ("Certains analystes", "analystes"),
        ("Deux diplomates européens", "diplomates européens"),
    ],
)
def test_an_unnamed_source_is_described_without_article_or_number(only, source, speaker):
    claim = only(f"{source} estime que l'accord est mort.")
    assert (claim.speaker, claim.speaker_kind) == (speaker, "anonymous")


@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        ("Un ingénieur sous couvert d'anonymat", "ingénieur"),
        ("Un photographe de l'agence présent sur place", "photographe de l'agence"),
        ("Un diplomate européen rompu au dossier", "diplomate européen"),
        ("L'accord de Lorme sur le climat", "accord de Lorme"),
        ("Le groupe de travail en question", "groupe de travail"),
        ("L'ONU lundi", "ONU"),
    ],
)
def test_a_description_has_nothing_that_only_holds_for_the_moment(only, source, speaker):
    assert only(f"{source} prévoit que les usines fermeront.").speaker == speaker


def test_an_institution_with_a_persons_name_is_not_that_person(said):
    text = "Alfred Nobel aimait les livres. Le comité Nobel affirme que le prix sera remis lundi."
    assert [claim.speaker for claim in said(text)] == ["comité Nobel"]


def test_a_group_is_not_who_leads_it(only):
    claim = only("Une équipe scientifique dirigée par Luc Morand affirme que l'eau est polluée.")
    assert claim.speaker == "équipe scientifique"


def test_an_unnamed_source_is_taken_up_by_its_noun(said):
    text = (
        "Un responsable occidental interrogé affirme que l'accord est mort. "
        "Le responsable ajoute que rien ne le sauvera."
    )
    assert speakers(said(text)) == ["responsable occidental"] * 2


def test_somebodys_people_are_named_after_him(said):
    text = "Luc Morand est absent. Son entourage affirme qu'il se repose."
    assert speakers(said(text)) == ["entourage de Luc Morand"]


def test_a_persons_lawyers_are_not_that_person(only):
    claim = only("Les avocats de Luc Morand affirment que la preuve est fausse.")
    assert claim.speaker == "avocats de Luc Morand"


def test_two_people_may_speak_as_one(only):
    claim = only("Luc Morand et Claire Delmas affirment que la preuve est fausse.")
    assert claim.speaker == "Luc Morand et Claire Delmas"


def test_on_is_the_place_that_speaks(only):
    claim = only("À Matignon, on affirme que le budget est prêt.")
    assert (claim.source, claim.speaker) == ("Matignon", "Matignon")


def test_two_people_of_one_surname_are_both_candidates(said):
    text = (
        "Anna Petrov et Boris Petrov dirigent la banque. "
        "Petrov affirme que les comptes sont justes."
    )
    assert set(said(text)[0].speaker_candidates) == {"Anna Petrov", "Boris Petrov"}


def test_a_conjunction_is_no_part_of_a_mention(said):
    text = "Jeanne Roux, maire de Lorme, est venue. Et la maire affirme que l'école fermera."
    assert speakers(said(text)) == ["Jeanne Roux"]


@pytest.mark.parametrize("native", ["Le Jamaïcain", "Le Bâlois", "Le Valaisan", "Le Turc"])
def test_a_native_is_who_was_spoken_of_last(said, native):
    claims = said(f"Luc Morand a gagné la course. {native} affirme qu'il est heureux.")
    assert [claim.speaker for claim in claims] == ["Luc Morand"]


def test_a_newspaper_named_like_a_native_is_none(said):
    claims = said("Luc Morand est parti. Le journal Le Lormois affirme que le pont fermera.")
    assert [claim.speaker for claim in claims] == ["Le Lormois"]


def test_a_region_named_like_a_native_is_none(said):
    claims = said("Luc Morand est parti. La Lorraine affirme que le pont fermera.")
    assert [claim.speaker for claim in claims] == ["Lorraine"]


def test_a_form_of_address_before_a_role_is_no_name(said):
    text = "M. Luc Morand, rapporteur, juge le texte mauvais. M. le rapporteur demande un report."
    assert said(text)[-1].speaker == "Luc Morand"


@pytest.mark.parametrize("noun", ["L'écologiste", "Le socialiste", "Le syndicaliste"])
def test_a_partisan_is_who_was_spoken_of_last(said, noun):
    text = f"Le patron de Valrail, Luc Morand, veut un vote. {noun} affirme que le temps presse."
    assert said(text)[-1].speaker == "Luc Morand"


def test_an_epithet_is_for_the_person_spoken_of_last(said):
    text = "Le chanteur Paul Garnier est à Lorme. Le musicien affirme que la salle est pleine."
    assert speakers(said(text)) == ["Paul Garnier"]


def test_the_accused_is_the_first_named_without_a_role(said):
    text = (
        "Paul Garnier a frappé Luc Morand en mars. Le président, Jean Roux, l'a entendu. "
        "L'accusé affirme qu'il dormait."
    )
    assert speakers(said(text)) == ["Paul Garnier"]


def test_a_form_of_address_tells_a_role(said):
    text = "Le Dr Paul Garnier dirige les urgences. Le médecin affirme que les lits manquent."
    assert speakers(said(text)) == ["Paul Garnier"]


def test_whose_lawyer_it_is_does_not_speak(only):
    claim = only("L'avocat de M. Roux, Me Luc Morand, affirme que le dossier est vide.")
    assert claim.speaker == "Luc Morand"


def test_a_contracted_article_is_an_article(said):
    text = "Le ministre Luc Morand est arrivé. De l'avis du ministre, la loi est claire."
    assert speakers(said(text)) == ["Luc Morand"]


def test_a_first_name_with_an_age_or_a_role_is_a_person(said):
    text = (
        "Florence, une commerçante, a tout perdu. Elle affirme que l'eau est montée en une heure."
    )
    assert speakers(said(text)) == ["Florence"]


def test_a_first_name_alone_holds_no_office(said):
    text = "Paul a tout perdu. Le préfet affirme que l'eau est montée en une heure."
    assert speakers(said(text)) == ["préfet"]


def test_leur_is_of_several(said):
    text = (
        "La maire Jeanne Roux affirme que l'usine fermera. "
        "Les parents redoutent une année blanche. "
        "Leur fédération exige un vote."
    )
    assert speakers(said(text))[-1] == "fédération des parents"


def test_the_authors_are_those_of_a_document(said):
    text = "Une étude de l'Insee évoque une hausse. Ses auteurs recommandent de baisser les impôts."
    assert speakers(said(text))[-1] == "auteurs de l'étude de l'Insee"


def test_the_name_of_what_somebody_heads_is_no_second_speaker(only):
    claim = only("Le directeur de la chaîne Lina Roux, Karim Morand, affirme qu'il partira.")
    assert claim.speaker == "Karim Morand"


def test_a_noun_for_a_man_takes_up_no_woman(said):
    text = (
        "La présidente de la commission, Claire Roux, affirme que l'eau manque. "
        "La Fondation Valmy dénonce un scandale. Son délégué général demande un vote."
    )
    assert speakers(said(text))[-1] == "délégué général de la Fondation Valmy"


def test_what_is_read_in_a_statement_is_its_authors(said):
    text = (
        "Dans un communiqué, la Banque de Lorme affirme que le plan est prêt. "
        "« Il sera appliqué en juin », y lit-on."
    )
    assert speakers(said(text)) == ["Banque de Lorme", "Banque de Lorme"]


def test_a_vague_fit_finds_nobody_named_only_later(said):
    text = (
        "Le chef de l'Economie affirme que l'usine fermera. "
        "Paul Vidal, président de la commune, était absent."
    )
    assert speakers(said(text)) == ["chef de l'Economie"]


def test_what_only_places_the_words_is_no_part_of_a_role(said):
    text = (
        "Le ministre de la Santé, Luc Morand, a visité l'hôpital. "
        "« Les lits manquent », a répondu le ministre en marge d'un déplacement."
    )
    assert speakers(said(text)) == ["Luc Morand"]


def test_who_was_quoted_before_may_have_a_role_with_a_complement(said):
    text = (
        "Le maire Karim Petit était absent. Luc Morand affirme que l'école fermera. "
        "Le chef de file de Lorme debout affirme que la cantine fermera aussi."
    )
    assert speakers(said(text)) == ["Luc Morand", "Luc Morand"]


def test_who_was_not_quoted_is_no_director_of_something(said):
    text = (
        "Karim Petit a ouvert le feu dans la salle. "
        "Selon le directeur de la discothèque, les tirs ont duré une heure."
    )
    assert speakers(said(text)) == ["directeur de la discothèque"]


def test_a_minister_is_who_near_has_no_other_role(said):
    text = (
        "Anne Petit, présidente du syndicat, a été reçue. Hélène Roux a assuré que l'aide restera. "
        "La ministre de l'enseignement supérieur a reconnu que le calendrier était serré."
    )
    assert speakers(said(text)) == ["Hélène Roux", "Hélène Roux"]


def test_a_name_in_brackets_says_who_a_pronoun_is(only):
    claim = only("Elle [la préfète Anne Roux] affirme que le pont tient.")
    assert claim.speaker == "Anne Roux"


def test_a_country_is_not_he(said):
    text = (
        "Luc Morand a été reçu pendant la crise à laquelle le pays fait face. "
        "Il affirme que les lits manquent."
    )
    assert speakers(said(text)) == ["Luc Morand"]


def test_people_joined_by_ainsi_que_speak_together(only):
    claim = only("Luc Morand ainsi que Karim Petit ont annoncé que le pont fermera.")
    assert claim.speaker == "Luc Morand et Karim Petit"


@pytest.mark.parametrize("noun", ["précisions", "propos", "confidences"])
def test_what_passes_words_on_is_not_who_speaks(only, noun):
    claim = only(f"Selon les {noun} de Luc Morand, le pont est fermé.")
    assert claim.speaker == "Luc Morand"


def test_a_breeder_is_a_man_unless_the_article_says_otherwise(said):
    text = (
        "La préfète Anne Roux était absente. Luc Morand, éleveur et syndicaliste, est venu. "
        "Il affirme que le lait ne paie plus."
    )
    assert speakers(said(text)) == ["Luc Morand"]


def test_nobody_inside_a_claim_says_it(said):
    text = (
        "La porte-parole de la mairie a démenti ces rumeurs. "
        "La France, a-t-elle ajouté, doit aider la ville."
    )
    assert speakers(said(text))[-1] == "porte-parole de la mairie"


def test_whose_relative_speaks_may_be_told_in_the_claim(said):
    text = "Le chanteur Luc Morand est mort vendredi, a annoncé sa famille."
    assert speakers(said(text)) == ["famille de Luc Morand"]


def test_a_source_has_no_relatives(said):
    text = (
        "De source proche de l'enquête, on indique que la victime était connue. "
        "Ses proches réfutent cette version."
    )
    assert speakers(said(text))[-1] == "proches de la victime"


def test_a_newspaper_is_no_native(said):
    text = "Le gouvernement Tremblay reculera sur le pont, a appris Le Quotidien."
    assert speakers(said(text)) == ["Quotidien"]


def test_a_native_of_a_region_is_whoever_was_spoken_of_last(said):
    text = "L'arbitre, Luc Morand, était là. Selon le Breton, le but était valable."
    assert speakers(said(text)) == ["Luc Morand"]


def test_somebodys_mother_is_not_the_woman_spoken_of_last(said):
    text = "Anne Roux a demandé la relaxe. La mère de Lucas affirme que son fils est innocent."
    assert speakers(said(text))[-1] == "mère de Lucas"


def test_a_noun_with_one_form_for_both_takes_up_a_man(said):
    text = "Le maire de Lorme, Luc Morand, est arrivé. L'édile affirme que l'école fermera."
    assert speakers(said(text)) == ["Luc Morand"]


def test_a_conseil_is_the_lawyer_who_spoke(said):
    text = (
        "Son avocat, Me Luc Morand, affirme que le dossier est vide. "
        "Le conseil de la famille demande la relaxe."
    )
    assert speakers(said(text)) == ["Luc Morand", "Luc Morand"]


def test_a_capital_lui_is_a_subject(said):
    text = "Luc Morand ne partage pas cet avis. Lui demande la fermeture de l'école."
    assert speakers(said(text)) == ["Luc Morand"]


def test_on_there_is_the_institution_that_spoke(said):
    text = "La préfecture affirme que le pont tiendra. Rien n'est joué, y assure-t-on."
    assert speakers(said(text)) == ["préfecture", "préfecture"]


def test_people_chez_whom_on_speaks_are_the_source(only):
    assert only("Chez les irrigants, on s'estime « lésés ».").speaker == "irrigants"


def test_those_whose_place_bears_a_persons_name_are_taken_up(said):
    text = (
        "Les enseignants du collège Jean-Zay de Lorme étaient en grève jeudi. "
        "Ils dénoncent des classes surchargées."
    )
    assert speakers(said(text))[-1:] == ["enseignants du collège Jean-Zay de Lorme"]


def test_the_one_concerned_is_no_institution(said):
    text = (
        "Philippe Desvaux a été condamné jeudi. Le tribunal a jugé que les faits étaient graves. "
        "L'intéressé affirme avoir tout remboursé."
    )
    assert speakers(said(text))[-1] == "Philippe Desvaux"


def test_numbers_of_people_are_no_part_of_a_description(only):
    claim = only("Trente artistes demandent à l'État d'intervenir.")
    assert claim.speaker == "artistes"
