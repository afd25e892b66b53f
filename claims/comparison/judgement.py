"""The learned part: from the features of two sayings to the probability of each relation."""

import json
from collections.abc import Mapping
from functools import cache
from math import exp, log
from pathlib import Path
from typing import NamedTuple

LEAST = 1e-6
COMMON = frozenset(
    {
        "cover least",
        "cover most",
        "cover",
        "cover²",
        "hardly a word",
        "some words",
        "letters",
        "left on both",
        "left on one",
        "words in common",
        "by stem",
        "by meaning",
        "rarest in common",
        "weight in common",
        "same number",
        "same time",
        "same names",
        "names apart",
        "cover × left on both",
        "long",
        "short",
        "cover least × long",
        "names covered",
        "no names",
        "others covered",
        "acts covered",
        "no acts",
        "rarest left on both",
        "rarest left on one",
        "together",
        "begin alike",
        "one thing",
        "two things",
        "cover least × few things",
    }
)
WEIGHTS = Path(__file__).parent / "weights.json"


class Model(NamedTuple):
    """A multinomial logistic regression, calibrated: by label, and by feature and label.

    ``slopes`` and ``shifts`` put the log-odds of each label right, as pairs left out had it.
    """

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    slopes: tuple[float, ...]
    shifts: tuple[float, ...]
    gate_bias: float
    gate: dict[str, float]
    """Whether the two speak of the same at all."""
    weights: dict[str, tuple[float, ...]]

    def probabilities(self, features: Mapping[str, float]) -> dict[str, float]:
        """The probability of each label; features it does not know count nothing."""
        scores = list(self.bias)
        for name, value in features.items():
            for place, weight in enumerate(self.weights.get(name, ())):
                scores[place] += weight * value
        highest = max(scores)
        odds = [exp(score - highest) for score in scores]
        same = self.same_topic(features)
        share = same / sum(odds)
        chances = dict(zip(self.labels, (each * share for each in odds), strict=True))
        chances["unrelated"] += 1 - same
        platt = zip(self.slopes, self.shifts, strict=True)
        return put_right(chances, dict(zip(self.labels, platt, strict=True)))

    def same_topic(self, features: Mapping[str, float]) -> float:
        """The probability that they speak of the same, whatever they say of it."""
        score = self.gate_bias
        for name, value in gate_features(features).items():
            score += self.gate.get(name, 0.0) * value
        return 1 / (1 + exp(-score))


def gate_features(features: Mapping[str, float]) -> dict[str, float]:
    """Those that tell what two sayings have in common, not what they say of it."""
    return {name: value for name, value in features.items() if name in COMMON}


def put_right(
    chances: Mapping[str, float], platt: Mapping[str, tuple[float, float]]
) -> dict[str, float]:
    """The probability of each label as it came true, by the slope and the shift of each."""
    sure = {label: calibrated(chances[label], *platt[label]) for label in chances}
    total = sum(sure.values())
    return {label: each / total for label, each in sure.items()}


def calibrated(chance: float, slope: float, shift: float) -> float:
    """A probability with its log-odds stretched and shifted (Platt)."""
    chance = min(max(chance, LEAST), 1 - LEAST)
    return 1 / (1 + exp(-(slope * log(chance / (1 - chance)) + shift)))


@cache
def load_model() -> Model:
    data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    weights = {name: tuple(row) for name, row in data["weights"].items()}
    lists = (tuple(data[key]) for key in ("labels", "bias", "slopes", "shifts"))
    return Model(*lists, data["gate_bias"], data["gate"], weights)
