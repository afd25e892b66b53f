"""What an editor should look at first."""

import pytest


@pytest.mark.parametrize(
    ("more", "less"),
    [
        (
            "Le maire affirme que la ville a versé 3 millions d'euros au club.",
            "Le maire se dit très heureux de cette belle victoire.",
        ),
        (
            "Selon le ministre, le chômage a baissé de 4 % en un an.",
            "Selon le ministre, la réunion a eu lieu dans une salle de la mairie.",
        ),
        (
            "Le député affirme que la dette a doublé depuis 2017.",
            "Le député réclame que la dette soit annulée.",
        ),
        (
            "Le préfet assure que 12 personnes ont été blessées à Vernaz.",
            "Le préfet juge la situation « inacceptable ».",
        ),
        (
            "Claire Delmas affirme que l'usine de Vernaz a fermé.",
            "Claire Delmas affirme que c'est fermé.",
        ),
    ],
)
def test_what_can_be_checked_outranks_what_cannot(only, more, less):
    assert only(more).check_worthiness > only(less).check_worthiness


def test_an_event_with_a_day_and_a_figure_outranks_a_vaguer_one(narrated):
    (exact,) = narrated("Le CAC 40 a clôturé mardi à 8.102 points, en repli de 0,1 %.")
    (vague,) = narrated("Les habitants du quartier ont quitté le village.")
    assert exact.check_worthiness > vague.check_worthiness


def test_it_is_between_nothing_and_one(said):
    (claim,) = said(
        "Le ministre affirme que la dette et les impôts ont atteint à Vernaz un record de 12 "
        "milliards d'euros, en hausse de 4 %."
    )
    assert 0.9 <= claim.check_worthiness <= 1
