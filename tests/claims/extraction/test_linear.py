"""Linear models over named features."""

from math import isclose, log

from claims.extraction.linear import LinearModel


def test_the_score_of_the_second_of_two_labels_is_its_log_odds():
    model = LinearModel(["no", "yes"], [0.0, -0.5], {"near": [0.0, 1.25]})
    found = model.probabilities(["near", "never seen"])
    assert isclose(model.score(["near", "never seen"], "yes"), log(found["yes"] / found["no"]))
