"""Fit a linear model to examples, and tell how well it does on articles left out."""

import json
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline

from claims.extraction.linear import WEIGHTS, LinearModel

SMALLEST = 0.005  # a weight below it is left out of the file


class Example(NamedTuple):
    """What is seen of one decision, what is right, and the article it stands in."""

    features: Sequence[str]
    label: str
    article: str


def without_rare(examples: Sequence[Example], least: int) -> list[Example]:
    """The examples with the features that at least so many of them have."""
    counts = Counter(feature for e in examples for feature in set(e.features))
    return [e._replace(features=[f for f in e.features if counts[f] >= least]) for e in examples]


def fit(examples: Sequence[Example], strength: float) -> LinearModel:
    """A model of the examples; `strength` is the inverse of the L2 penalty."""
    vectorizer = DictVectorizer()
    rows = vectorizer.fit_transform([dict.fromkeys(e.features, 1) for e in examples])
    model = _regression(strength).fit(rows, [e.label for e in examples])
    labels, bias, table = list(model.classes_), model.intercept_, model.coef_
    if len(labels) == 2:  # scikit-learn keeps one row for two classes
        bias, table = np.array([0.0, bias[0]]), np.vstack([np.zeros_like(table[0]), table[0]])
    weights = {
        feature: [round(float(w), 3) for w in table[:, i]]
        for i, feature in enumerate(vectorizer.get_feature_names_out())
        if np.abs(table[:, i]).max() >= SMALLEST
    }
    return LinearModel(labels, [round(float(b), 3) for b in bias], weights)


def save(model: LinearModel, name: str) -> None:
    """Write ``weights/<name>.json``, a feature a line."""
    head = {"labels": list(model.labels), "bias": list(model.bias)}
    rows = sorted(model.weights.items())
    text = "".join(f"{_json(key)}:{_json(value)},\n" for key, value in head.items())
    lines = ",\n".join(f"{_json(feature)}:{_json(row)}" for feature, row in rows)
    WEIGHTS.mkdir(exist_ok=True)
    (WEIGHTS / f"{name}.json").write_text(
        "{" + text + '"weights":{\n' + lines + "\n}}\n", encoding="utf-8"
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def left_out(examples: Sequence[Example], strength: float, folds: int = 5) -> np.ndarray:
    """Probabilities by label, sorted, each example's by a model that saw none of its article."""
    pipeline = make_pipeline(DictVectorizer(), _regression(strength))
    return cross_val_predict(
        pipeline,
        [dict.fromkeys(e.features, 1) for e in examples],
        [e.label for e in examples],
        groups=[e.article for e in examples],
        cv=GroupKFold(folds),
        method="predict_proba",
    )


def _regression(strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=2000)
