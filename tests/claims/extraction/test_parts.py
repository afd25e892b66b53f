"""The atomic propositions of a compound claim."""


def test_a_simple_claim_has_no_parts(only):
    assert only("Le maire affirme que la piscine est fermée.").parts == []


def test_verbs_of_one_subject_are_parts(only):
    claim = only(
        "Le responsable avertit que Paris retirerait ses troupes, réduirait son aide et mettrait "
        "fin aux échanges."
    )
    assert claim.parts == [
        "Paris retirerait ses troupes",
        "réduirait son aide",
        "mettrait fin aux échanges",
    ]


def test_clauses_with_subjects_of_their_own_are_parts(only):
    claim = only("« La situation est calme et aucun rejet n'est mesuré », a dit Claire Delmas.")
    assert claim.parts == ["La situation est calme", "aucun rejet n'est mesuré"]


def test_the_sentences_of_a_quotation_are_parts(only):
    claim = only("Le maire explique : « La commune a payé. L'État ne paie rien. »")
    assert claim.parts == ["La commune a payé", "L'État ne paie rien"]


def test_lost_commas_do_not_hide_the_parts(only):
    claim = only("Il avertit que Paris retirerait ses troupes réduirait son aide et partirait.")
    assert len(claim.parts) == 3


def test_clauses_with_que_are_parts(only):
    claim = only("Le maire affirme que la piscine est fermée et que le stade rouvrira.")
    assert claim.parts == ["la piscine est fermée", "le stade rouvrira"]


def test_infinitives_are_parts_without_their_preposition(only):
    claim = only(
        "Le maire promet de fermer la piscine, de baisser les impôts et d'ouvrir un stade."
    )
    assert claim.parts == ["fermer la piscine", "baisser les impôts", "ouvrir un stade"]


def test_noun_phrases_are_parts(only):
    claim = only("Le groupe annonce la fermeture de l'usine et le départ de son directeur.")
    assert claim.parts == ["la fermeture de l'usine", "le départ de son directeur"]


def test_nouns_under_one_preposition_are_no_parts(only):
    claim = only("Le groupe annonce la fermeture de l'usine et de l'entrepôt.")
    assert claim.parts == []


def test_a_clause_cut_by_its_cue_is_one(only):
    claim = only("La réforme, affirme le maire, est inutile.")
    assert claim.parts == []


def test_a_condition_is_no_part(only):
    claim = only("Le maire affirme que s'il est élu, il fermera la piscine.")
    assert claim.parts == []


def test_a_reflexive_verb_is_no_condition(only):
    claim = only("Le maire affirme que la ville s'est vidée et que le stade a fermé.")
    assert claim.parts == ["la ville s'est vidée", "le stade a fermé"]


def test_a_quotation_may_be_the_first_of_two_noun_phrases(only):
    claim = only("L'entreprise invoque « l'effondrement du marché » et la hausse du prix du gaz.")
    assert len(claim.parts) == 2
