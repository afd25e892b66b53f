"""The learned part: from the features of two sayings to the probability of each relation."""

import json
from collections.abc import Mapping
from functools import cache
from math import exp, log
from pathlib import Path
from typing import NamedTuple

LEAST = 1e-6
WEIGHTS = Path(__file__).parent / "weights.json"


class Model(NamedTuple):
    """A multinomial logistic regression, calibrated: by label, and by feature and label.

    ``slopes`` and ``shifts`` put the log-odds of each label right, as pairs left out had it.
    """

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    slopes: tuple[float, ...]
    shifts: tuple[float, ...]
    weights: dict[str, tuple[float, ...]]

    def probabilities(self, features: Mapping[str, float]) -> dict[str, float]:
        """The probability of each label; features it does not know count nothing."""
        scores = list(self.bias)
        for name, value in features.items():
            for place, weight in enumerate(self.weights.get(name, ())):
                scores[place] += weight * value
        highest = max(scores)
        odds = [exp(score - highest) for score in scores]
        total = sum(odds)
        sure = [
            calibrated(each / total, slope, shift)
            for each, slope, shift in zip(odds, self.slopes, self.shifts, strict=True)
        ]
        total = sum(sure)
        return {label: each / total for label, each in zip(self.labels, sure, strict=True)}


def calibrated(chance: float, slope: float, shift: float) -> float:
    """A probability with its log-odds stretched and shifted (Platt)."""
    chance = min(max(chance, LEAST), 1 - LEAST)
    return 1 / (1 + exp(-(slope * log(chance / (1 - chance)) + shift)))


@cache
def load_model() -> Model:
    data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    weights = {name: tuple(row) for name, row in data["weights"].items()}
    return Model(*(tuple(data[key]) for key in ("labels", "bias", "slopes", "shifts")), weights)
