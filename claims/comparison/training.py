"""Train the judgement anew: ``python -m claims.comparison.training PAIRS [--more PAIRS…]``.

Prints how it does on pairs left out, and writes ``weights.json``. The same pairs give the same
weights.
"""

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from claims.comparison.features import features, find
from claims.comparison.judgement import LEAST, WEIGHTS
from claims.comparison.pairs import Pair, read_pairs
from claims.comparison.reading import Reading, read

STRENGTH = 0.1  # the inverse of the L2 penalty
STRANGE = 0.03  # what a pair on two topics counts
FOLDS = 10
TOGETHER = 12  # pairs on few topics
APART = 30  # pairs that many lines away are on another topic


def main() -> None:
    parser = ArgumentParser(prog="python -m claims.comparison.training", description=__doc__)
    parser.add_argument("pairs", type=Path, help="on these it is told how well it does")
    parser.add_argument("--more", type=Path, nargs="*", default=[], help="and trained on these")
    arguments = parser.parse_args()
    examples = Examples(read_pairs(arguments.pairs))
    more = Examples([pair for path in arguments.more for pair in read_pairs(path)])
    chances = left_out(examples, more)
    report(chances, examples.labels)
    save(fit(examples.joined(more)), calibration(chances, examples.labels))


class Examples:
    """Features and labels of pairs, and of pairs of their sayings that are on other topics.

    They are read as if one and the same had said both: what they say is judged by itself, and who
    says it is a rule (``comparison.py``). Two who disagree would then contradict themselves.
    """

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self.readings = [(read(pair.first), read(pair.second)) for pair in pairs]
        self.rows = [features(find(*both, {})) for both in self.readings]
        self.labels = [
            "contradicts" if pair.trap == "other speaker" else pair.relation for pair in pairs
        ]
        self.strangers = [
            features(find(first, stranger, {}))
            for place, (first, _second) in enumerate(self.readings)
            if (stranger := self._likest(place, first)) is not None
        ]

    def _likest(self, place: int, reading: Reading) -> Reading | None:
        """What has most words in common with a reading, among those on other topics."""
        stems = set(reading.stems)
        others = [
            second for at, (_first, second) in enumerate(self.readings) if abs(at - place) > APART
        ]
        return max(others, key=lambda other: len(stems & set(other.stems)), default=None)

    def only(self, places: Sequence[int]) -> "Examples":
        """Those at these places."""
        some = object.__new__(Examples)
        some.rows = [self.rows[i] for i in places]
        some.labels = [self.labels[i] for i in places]
        some.strangers = [self.strangers[i] for i in places] if self.strangers else []
        return some

    def joined(self, other: "Examples") -> "Examples":
        both = object.__new__(Examples)
        both.rows, both.labels = self.rows + other.rows, self.labels + other.labels
        both.strangers = self.strangers + other.strangers
        return both


def fit(examples: Examples):
    """A regression over named features, each on the scale of its own spread."""
    model = make_pipeline(
        DictVectorizer(sparse=False),
        StandardScaler(with_mean=False),
        LogisticRegression(C=STRENGTH, max_iter=5000),
    )
    strangers = len(examples.strangers)
    weights = [1.0] * len(examples.rows) + [STRANGE] * strangers
    return model.fit(
        examples.rows + examples.strangers,
        examples.labels + ["unrelated"] * strangers,
        logisticregression__sample_weight=weights,
    )


def left_out(examples: Examples, more: Examples) -> list[dict[str, float]]:
    """The probability of each label, each pair's by a model that saw none of its topic: pairs on
    one topic stand together."""
    count = len(examples.rows)
    fold = [place // TOGETHER % FOLDS for place in range(count)]
    chances: list[dict[str, float]] = [{}] * count
    for each in range(FOLDS):
        inside = [place for place in range(count) if fold[place] != each]
        outside = [place for place in range(count) if fold[place] == each]
        model = fit(examples.only(inside).joined(more))
        found = model.predict_proba([examples.rows[place] for place in outside])
        for place, row in zip(outside, found, strict=True):
            chances[place] = dict(zip(model.classes_, row, strict=True))
    return chances


def report(chances: Sequence[dict[str, float]], labels: Sequence[str]) -> None:
    """Print how the pairs left out were judged."""
    guesses = np.array([max(each, key=each.__getitem__) for each in chances])
    labels = np.array(labels)
    print(f"accuracy {np.mean(labels == guesses):.3f} of {len(labels)}, left out")
    for name in sorted(set(labels)):
        told, right = guesses == name, (guesses == name) & (labels == name)
        wrong = Counter(labels[told & ~right].tolist())
        print(
            f"  {name:<12} P {right.sum() / max(1, told.sum()):.3f}"
            f"  R {right.sum() / (labels == name).sum():.3f}  wrongly {dict(wrong)}"
        )


def calibration(
    chances: Sequence[dict[str, float]], labels: Sequence[str]
) -> dict[str, tuple[float, float]]:
    """By label, the slope and the shift of its log-odds that pairs left out ask for (Platt)."""
    found = {}
    for name in sorted(set(labels)):
        told = np.clip([each[name] for each in chances], LEAST, 1 - LEAST)
        log_odds = np.log(told / (1 - told)).reshape(-1, 1)
        platt = LogisticRegression(C=1.0).fit(log_odds, [label == name for label in labels])
        found[name] = (float(platt.coef_[0][0]), float(platt.intercept_[0]))
    return found


def save(model, platt: dict[str, tuple[float, float]]) -> None:
    """Write ``weights.json``, a feature a line."""
    vectorizer, scaler, regression = (step for _name, step in model.steps)
    table = (regression.coef_ / scaler.scale_).T
    head = {
        "labels": [str(label) for label in regression.classes_],
        "bias": [round(float(bias), 4) for bias in regression.intercept_],
        "slopes": [round(platt[label][0], 4) for label in regression.classes_],
        "shifts": [round(platt[label][1], 4) for label in regression.classes_],
    }
    lines = ",\n".join(
        f"{_json(name)}:{_json([round(float(w), 4) for w in row])}"
        for name, row in zip(vectorizer.get_feature_names_out(), table, strict=True)
    )
    text = "".join(f"{_json(key)}:{_json(value)},\n" for key, value in head.items())
    WEIGHTS.write_text("{" + text + '"weights":{\n' + lines + "\n}}\n", encoding="utf-8")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
