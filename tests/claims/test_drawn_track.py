"""A speaker's numbers as plots, in words."""

import pytest

from claims.drawn_track import FEW, drawn_track
from claims.track import Track
from tests.factories import ScaleFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture(autouse=True)
def scale():
    return ScaleFactory()


def figure(name, **numbers):
    return next(figure for figure in drawn_track(Track(**numbers)) if figure.name == name)


def rows(figure):
    return {row.label: list(row.values) for row in figure.plot.table.rows}


def test_every_rating_has_its_row():
    assert rows(figure("ratings", ratings={"false": 6})) == {
        "True": [0],
        "Imprecise": [0],
        "False": [6],
    }


def test_counts_of_ratings_say_what_they_do_not_say():
    assert "chosen to be verified" in figure("ratings", ratings={"false": 6}).note


def test_repeats_are_told_beside_the_ratings():
    note = figure("ratings", ratings={"false": 6}, repeats=2).note
    assert "2 claims that say again what was verified" in note


def test_criteria_and_developments_are_told_apart():
    judged = [
        ("commitment", "outcome", "kept", 3),
        ("commitment", "development", "fulfilled", 2),
        ("commitment", "outcome", "broken", 1),
        ("commitment", "development", "broken", 4),
        ("commitment", "forecast", "open", 5),
        ("prediction", "outcome", "happened", 9),
    ]
    assert rows(figure("commitments", judged=judged)) == {
        "Kept": [3, 2],
        "Partly kept": [0, 0],
        "Broken": [1, 4],
        "Open": [5, 0],
    }


def test_a_prediction_that_was_contradicted_did_not_happen():
    judged = [("prediction", "development", "contradicted", 1)]
    assert rows(figure("predictions", judged=judged))["Did not happen"] == [0, 1]


def test_the_description_tells_all_that_is_there():
    judged = [("commitment", "outcome", "kept", 3), ("commitment", "forecast", "due", 2)]
    assert figure("commitments", judged=judged).description == "5 commitments. Kept: 3, Due: 2."


@pytest.mark.parametrize(("number", "few"), [(FEW - 1, True), (FEW, False)])
def test_of_few_nothing_is_drawn_and_it_says_so(number, few):
    drawn = figure("ratings", ratings={"false": number})
    assert drawn.few is few
    assert ("too few" in drawn.note) is few


def test_what_nothing_decides_is_told():
    assert "7" in figure("predictions", kinds={"prediction": 7}).note


def test_there_is_no_figure_of_nothing():
    assert drawn_track(Track(kinds={"fact": 2})) == []
