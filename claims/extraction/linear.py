"""Linear models over named features: how the trained parts of the extractor decide.

The weights stand in ``weights/`` as JSON, written by ``claims.extraction.training``; reading them
takes nothing but the standard library.
"""

import json
from collections.abc import Iterable
from functools import cache
from math import exp
from pathlib import Path

WEIGHTS = Path(__file__).parent / "weights"


class LinearModel:
    """A multinomial logistic regression over features that are there or not."""

    def __init__(self, labels: list[str], bias: list[float], weights: dict[str, list[float]]):
        self.labels = tuple(labels)
        self.bias = bias
        self.weights = weights

    def probabilities(self, features: Iterable[str]) -> dict[str, float]:
        """Label -> probability, summing to 1. Features it has never seen count nothing."""
        scores = list(self.bias)
        known = self.weights.get
        for feature in features:
            if (weights := known(feature)) is not None:
                for i, weight in enumerate(weights):
                    scores[i] += weight
        top = max(scores)
        powers = [exp(score - top) for score in scores]
        total = sum(powers)
        return {label: power / total for label, power in zip(self.labels, powers, strict=True)}

    def score(self, features: Iterable[str], label: str) -> float:
        """The unnormalised log-probability of one label: of two, the log-odds of the second."""
        column = self.labels.index(label)
        known = self.weights.get
        return self.bias[column] + sum(w[column] for f in features if (w := known(f)) is not None)

    def best(self, features: Iterable[str]) -> tuple[str, float]:
        """The likeliest label and its probability."""
        return max(self.probabilities(features).items(), key=lambda item: item[1])


@cache
def load_weights(name: str) -> LinearModel:
    """The model in ``weights/<name>.json``."""
    data = json.loads((WEIGHTS / f"{name}.json").read_text(encoding="utf-8"))
    return LinearModel(data["labels"], data["bias"], data["weights"])
