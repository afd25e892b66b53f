"""Linear models over named features: how the trained parts of the extractor decide.

The weights stand in ``weights/`` as JSON, written by ``claims.extraction.training``; reading them
takes nothing but the standard library.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from itertools import repeat
from math import exp
from pathlib import Path

WEIGHTS = Path(__file__).parent / "weights"


class LinearModel:
    """A multinomial logistic regression over features that are there or not.

    Features it has never seen count nothing. `weights` has a number for each label.
    """

    def __init__(
        self, labels: Sequence[str], bias: Sequence[float], weights: Mapping[str, Sequence[float]]
    ) -> None:
        self.labels = tuple(labels)
        self.bias = tuple(bias)
        self.weights = {feature: tuple(row) for feature, row in weights.items() if any(row)}

    def scores(self, features: Iterable[str]) -> list[float]:
        """The log-probability of each label, but for a constant."""
        rows = filter(None, map(self.weights.get, features))
        return list(map(sum, zip(self.bias, *rows, strict=True)))

    def best(self, features: Iterable[str]) -> str:
        """The likeliest label."""
        scores = self.scores(features)
        return self.labels[scores.index(max(scores))]

    @cached_property
    def _odds(self) -> dict[str, float]:
        """Of two labels, what each feature adds for the second."""
        return {feature: second - first for feature, (first, second) in self.weights.items()}

    def evidence(self, features: Iterable[str]) -> float:
        """Of two labels, what these features add to the log-odds of the second."""
        return sum(map(self._odds.get, features, repeat(0.0)))

    def log_odds(self, features: Iterable[str]) -> float:
        """Of two labels, how much likelier the second is: above 0 where it is."""
        first, second = self.bias
        return second - first + self.evidence(features)

    def probability(self, features: Sequence[str]) -> float:
        """Of two labels, the probability of the second."""
        return 1 / (1 + exp(-self.log_odds(features)))


@cache
def load_weights(name: str) -> LinearModel:
    """The model in ``weights/<name>.json``."""
    data = json.loads((WEIGHTS / f"{name}.json").read_text(encoding="utf-8"))
    return LinearModel(data["labels"], data["bias"], data["weights"])
