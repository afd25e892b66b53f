"""Linear models over named features: how the trained parts of the extractor decide.

The weights stand in ``weights/`` as JSON, written by ``claims.extraction.training``; reading them
takes nothing but the standard library.

Features that recur together are told as a `Group`: its names are spelt and weighed once, which is
most of the time a decision takes.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, cached_property
from math import exp
from pathlib import Path

WEIGHTS = Path(__file__).parent / "weights"
MOST = 20_000  # groups of features remembered at once

Group = tuple[Callable[..., list[str]], *tuple[object, ...]]
"""A function that names features, and what it names them from."""


def spelt(features: Iterable[str | Group]) -> list[str]:
    """The name of each feature, those in groups too."""
    found: list[str] = []
    for feature in features:
        if isinstance(feature, str):
            found.append(feature)
        else:
            name, *seen = feature
            found += name(*seen)
    return found


class LinearModel:
    """A multinomial logistic regression over features that are there or not.

    Features it has never seen count nothing. `weights` has a number for each label.
    """

    def __init__(
        self, labels: Sequence[str], bias: Sequence[float], weights: Mapping[str, Sequence[float]]
    ) -> None:
        self.labels = tuple(labels)
        self.bias = tuple(bias)
        once: dict[float, float] = {}  # equal weights as one object: there are few, and many rows
        self.weights = {
            feature: tuple(once.setdefault(weight, weight) for weight in row)
            for feature, row in weights.items()
            if any(row)
        }

    def scores(self, features: Iterable[str]) -> list[float]:
        """The log-probability of each label, but for a constant."""
        rows = filter(None, map(self.weights.get, features))
        return list(map(sum, zip(self.bias, *rows, strict=True)))

    def best(self, features: Iterable[str]) -> str:
        """The likeliest label."""
        scores = self.scores(features)
        return self.labels[scores.index(max(scores))]

    @cached_property
    def _odds(self) -> "Odds":
        return Odds(self)

    def evidence(self, features: Iterable[str | Group]) -> float:
        """Of two labels, what these features add to the log-odds of the second."""
        return sum(map(self._odds.__getitem__, features))

    def log_odds(self, features: Iterable[str | Group]) -> float:
        """Of two labels, how much likelier the second is: above 0 where it is."""
        first, second = self.bias
        return second - first + self.evidence(features)

    def probability(self, features: Sequence[str]) -> float:
        """Of two labels, the probability of the second."""
        return 1 / (1 + exp(-self.log_odds(features)))


class Odds(dict[str | Group, float]):
    """Of two labels, what each feature adds to the log-odds of the second, and each group met."""

    def __init__(self, model: LinearModel) -> None:
        super().__init__()
        self.model = model
        self._begin()

    def _begin(self) -> None:
        for feature, (first, second) in self.model.weights.items():
            self[feature] = second - first
        self.most = len(self) + MOST

    def __missing__(self, feature: str | Group) -> float:
        if isinstance(feature, str):
            return 0.0
        if len(self) >= self.most:
            self.clear()
            self._begin()
        value = self[feature] = self.model.evidence(spelt([feature]))
        return value


@cache
def load_weights(name: str) -> LinearModel:
    """The model in ``weights/<name>.json``."""
    data = json.loads((WEIGHTS / f"{name}.json").read_text(encoding="utf-8"))
    return LinearModel(data["labels"], data["bias"], data["weights"])
