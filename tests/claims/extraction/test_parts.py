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
