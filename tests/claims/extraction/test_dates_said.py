"""When the words were said. 8 December 2025 is a Monday."""

import pytest

from claims.extraction.dates import dates_named


def first(text, published_on):
    """The first date that `text` names."""
    return next((named.value for named in dates_named(text, published_on)), None)


@pytest.mark.parametrize(
    ("clause", "date"),
    [
        ("a déclaré mardi X", "2025-12-02"),
        ("a déclaré lundi X", "2025-12-08"),
        ("a déclaré hier X", "2025-12-07"),
        ("a déclaré avant-hier X", "2025-12-06"),
        ("a déclaré ce matin X", "2025-12-08"),
        ("a déclaré mercredi 3 décembre X", "2025-12-03"),
        ("a déclaré le 30 décembre X", "2024-12-30"),
        ("a déclaré le 1er mars 2019 X", "2019-03-01"),
        ("a déclaré en février X", "2025-02"),
        ("a déclaré en mars 2024 X", "2024-03"),
        ("a déclaré en 2017 X", "2017"),
        ("a déclaré lundi dernier X", "2025-12-01"),
        ("a déclaré dans la nuit de jeudi à vendredi X", "2025-12-05"),
        ("a déclaré X", None),
        ("ouvre le samedi X", None),
        ("a déclaré le 31 février X", None),
    ],
)
def test_a_date_is_resolved_against_the_day_of_publication(clause, date):
    assert first(clause, "2025-12-08") == date


@pytest.mark.parametrize(
    ("clause", "date"),
    [("le 3 décembre", "2025-12-03"), ("le 3 janvier", "2025-01-03"), ("mardi", None)],
)
def test_a_month_of_publication_is_enough_for_a_day_and_month(clause, date):
    assert first(clause, "2025-12") == date


@pytest.mark.parametrize(
    ("clause", "date"), [("le 3 décembre", None), ("le 3 décembre 2021", "2021-12-03")]
)
def test_without_a_day_of_publication_only_a_full_date_is_known(clause, date):
    assert first(clause, None) == date


def test_the_same_day_is_that_of_the_date_before_it():
    text = "Réuni le 3 décembre, le conseil a voté. La veille, le maire s'était tu."
    assert [named.value for named in dates_named(text, "2025-12-08")] == [
        "2025-12-03",
        "2025-12-02",
    ]


def test_a_date_named_stands_where_it_is_written():
    (named,) = dates_named("Il a démissionné mercredi 3 décembre à Sion.", "2025-12-08")
    assert (named.start, named.end) == (17, 36)


def test_a_date_inside_the_content_is_not_when_it_was_said(only):
    assert only("Le maire a déclaré que l'usine avait fermé mardi.").said_on is None


def test_a_date_beside_the_cue_is_when_it_was_said(only):
    assert only("Le maire a déclaré mardi que l'usine fermait.").said_on == "2025-12-02"


def test_cues_of_one_subject_share_the_date(said):
    claims = said("Le maire a déclaré mardi que l'usine fermait et a ajouté que c'était la fin.")
    assert [claim.said_on for claim in claims] == ["2025-12-02", "2025-12-02"]


def test_words_after_a_meeting_were_said_on_its_day(only):
    claim = only(
        "La réunion s'est tenue le 3 décembre à Genève. "
        "S'exprimant après la réunion, Luc Morand a déclaré que l'accord était proche."
    )
    assert claim.said_on == "2025-12-03"


def test_the_day_outweighs_a_month_beside_it(only):
    claim = only("Luc Morand, maire depuis mai, a déclaré mardi que l'usine fermait.")
    assert claim.said_on == "2025-12-02"


def test_who_goes_on_speaking_speaks_on_the_same_day(said):
    claims = said(
        "Luc Morand a déclaré mardi que l'usine fermait. « C'est la fin », a-t-il ajouté."
    )
    assert [claim.said_on for claim in claims] == ["2025-12-02", "2025-12-02"]


def test_a_role_told_anew_is_said_on_a_day_unknown(said):
    text = (
        "Mardi, le ministre de la Santé, Luc Morand, a dit que les lits manquent. "
        "Le ministre de la Santé a reconnu que le calendrier est serré."
    )
    assert [claim.said_on for claim in said(text, "2025-12-08")] == ["2025-12-02", None]


def test_somebody_else_speaks_on_a_day_unknown(said):
    claims = said(
        "Luc Morand a déclaré mardi que l'usine fermait. Claire Delmas affirme que c'est faux."
    )
    assert [claim.said_on for claim in claims] == ["2025-12-02", None]


def test_what_is_said_at_a_hearing_was_said_on_its_day(only):
    claim = only(
        "Luc Morand comparaissait mardi devant le tribunal de Sion. La salle était pleine. "
        "La procureure Claire Delmas a affirmé que l'accusé avait menti."
    )
    assert claim.said_on == "2025-12-02"


def test_what_is_said_of_a_hearing_today_has_no_date(only):
    claim = only(
        "Luc Morand comparaissait mardi devant le tribunal de Sion. La salle était pleine. "
        "La procureure Claire Delmas affirme que l'accusé ment."
    )
    assert claim.said_on is None


def test_a_date_in_the_words_of_another_does_not_date_the_claim(only):
    claim = only("Le préfet, qui « a claqué la porte en octobre », assure que le pont tiendra.")
    assert claim.said_on is None


def test_a_date_beside_a_cue_inside_the_quotation_marks_dates_the_claim(only):
    claim = only("« Le pont tiendra, a assuré jeudi le préfet, et la route aussi. »")
    assert claim.said_on is not None


def test_a_date_inside_a_claim_is_that_of_the_cue_beside_it(said):
    text = "En 2020, la maire affirmait que la piscine resterait ouverte, rappelle Paul Garnier."
    inner = next(claim for claim in said(text) if claim.cue == "affirmait")
    assert inner.said_on == "2020"


def test_selon_lui_takes_over_no_date(said):
    text = "Paul Garnier a dit mardi que la piscine fermerait. Selon lui, la ville est ruinée."
    assert [claim.said_on for claim in said(text, "2025-12-08")] == ["2025-12-02", None]


def test_the_imperfect_tells_of_a_hearing(said):
    text = "Paul Garnier comparaissait mardi. Son avocat plaidait que le dossier est vide."
    assert [claim.said_on for claim in said(text, "2025-12-08")] == ["2025-12-02"]


def test_the_same_day_is_the_one_named_before(said):
    text = (
        "L'usine a fermé le 3 décembre. "
        "Dans un communiqué diffusé le même jour, le groupe invoque la crise."
    )
    assert [claim.said_on for claim in said(text, "2025-12-08")] == ["2025-12-03"]


def test_what_was_said_until_a_hearing_was_not_said_there(said):
    text = (
        "Devant la cour d'assises, jeudi, Luc Morand a affirmé qu'il regrettait. "
        "Jusque-là, Claire Roux affirmait qu'elle n'avait rien vu."
    )
    assert [claim.said_on for claim in said(text, "2025-12-08")] == ["2025-12-04", None]
