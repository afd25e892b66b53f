"""Train the judgement anew: ``python -m claims.comparison.training PAIRS``.

Prints how it does on pairs left out, and writes ``weights.json``. The same pairs give the same
weights.
"""

import json
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from claims.comparison.features import NAMES, features, find
from claims.comparison.judgement import WEIGHTS
from claims.comparison.pairs import read_pairs
from claims.comparison.reading import read

STRENGTH = 0.1
FOLDS = 10


def main() -> None:
    parser = ArgumentParser(prog="python -m claims.comparison.training", description=__doc__)
    parser.add_argument("pairs", type=Path)
    pairs = read_pairs(parser.parse_args().pairs)
    rows = np.array([features(find(read(p.first), read(p.second), {})) for p in pairs])
    labels = np.array([p.relation for p in pairs])
    model = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=5000))
    chances = cross_val_predict(
        model,
        rows,
        labels,
        groups=[i // 8 for i in range(len(pairs))],
        cv=GroupKFold(FOLDS),
        method="predict_proba",
    )
    names = sorted(set(labels))
    guesses = [names[i] for i in chances.argmax(axis=1)]
    print("accuracy left out", np.mean(labels == guesses))
    print(Counter(zip(labels.tolist(), guesses, strict=True)))
    model.fit(rows, labels)
    save(model)


def save(model) -> None:
    scaler, regression = model.steps[0][1], model.steps[1][1]
    table = regression.coef_ / scaler.scale_
    bias = regression.intercept_ - table @ scaler.mean_
    rows = [
        {
            "bias": round(float(bias[i]), 4),
            "weights": dict(zip(NAMES, (round(float(w), 4) for w in table[i]), strict=True)),
        }
        for i in range(len(bias))
    ]
    data = {"labels": list(regression.classes_), "rows": rows}
    WEIGHTS.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
