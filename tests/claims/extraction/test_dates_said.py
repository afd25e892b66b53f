"""When the words were said. 8 December 2025 is a Monday."""

import pytest

from claims.extraction.said_on import said_on


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
        ("a déclaré X", None),
        ("a déclaré le 31 février X", None),
    ],
)
def test_a_date_is_resolved_against_the_day_of_publication(clause, date):
    assert said_on(clause, "2025-12-08") == date


@pytest.mark.parametrize(
    ("clause", "date"),
    [("le 3 décembre", "2025-12-03"), ("le 3 janvier", "2025-01-03"), ("mardi", None)],
)
def test_a_month_of_publication_is_enough_for_a_day_and_month(clause, date):
    assert said_on(clause, "2025-12") == date


@pytest.mark.parametrize(
    ("clause", "date"), [("le 3 décembre", None), ("le 3 décembre 2021", "2021-12-03")]
)
def test_without_a_day_of_publication_only_a_full_date_is_known(clause, date):
    assert said_on(clause, None) == date


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
