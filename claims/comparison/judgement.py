"""The learned part: from the features of two sayings to the probability of each relation."""

import json
from collections.abc import Sequence
from functools import cache
from math import exp
from pathlib import Path
from typing import NamedTuple

WEIGHTS = Path(__file__).parent / "weights.json"


class Model(NamedTuple):
    """A multinomial logistic regression: a bias and a weight for each feature, by label."""

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    weights: tuple[tuple[float, ...], ...]

    def probabilities(self, features: Sequence[float]) -> dict[str, float]:
        scores = [
            bias + sum([w * f for w, f in zip(row, features, strict=True) if f])
            for bias, row in zip(self.bias, self.weights, strict=True)
        ]
        highest = max(scores)
        odds = [exp(score - highest) for score in scores]
        total = sum(odds)
        return {label: each / total for label, each in zip(self.labels, odds, strict=True)}


@cache
def load_model() -> Model:
    data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return Model(
        tuple(data["labels"]),
        tuple(row["bias"] for row in data["rows"]),
        tuple(tuple(row["weights"].values()) for row in data["rows"]),
    )
