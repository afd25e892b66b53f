"""Linear models over named features."""

from math import isclose, log

from claims.extraction.linear import LinearModel

WEATHER = {"sun": [2.0, 0.5, 0.0], "wind": [0.0, 0.25, 1.0]}


def test_the_log_odds_are_those_of_the_second_of_two_labels():
    model = LinearModel(["no", "yes"], [0.0, -0.5], {"near": [0.0, 1.25]})
    assert isclose(model.log_odds(["near", "never seen"]), 0.75)


def test_a_probability_fits_its_odds():
    model = LinearModel(["no", "yes"], [0.0, -0.5], {"near": [0.25, 1.25]})
    found = model.probability(["near"])
    assert isclose(log(found / (1 - found)), model.log_odds(["near"]))


def test_the_best_of_several_labels_has_the_most_weight():
    model = LinearModel(["dry", "mild", "wet"], [0.0, 1.0, 0.0], WEATHER)
    assert [model.best(seen) for seen in (["sun"], ["wind"], ["wind", "sun"])] == [
        "dry",
        "mild",
        "dry",
    ]
