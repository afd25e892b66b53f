"""Train the judgement anew: ``python -m claims.comparison.training PAIRS [--more PAIRS…]
[--articles FOLDER…]``.

Prints how it does on pairs left out and on articles left aside, and writes ``weights.json``. The
same pairs and articles give the same weights.
"""

import json
from argparse import ArgumentParser
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from claims.comparison.articles import SAME, articles, pairs_of, read_same
from claims.comparison.comparison import SUGGESTED, WITHIN_ONE, Relation, compare
from claims.comparison.features import features, find
from claims.comparison.judgement import LEAST, WEIGHTS, gate_features, load_model, put_right
from claims.comparison.pairs import Pair, read_pairs
from claims.comparison.rarity import UNKNOWN, usual_rarity
from claims.comparison.reading import Reading, read

STRENGTH = 0.1  # the inverse of the L2 penalty
STRANGERS = 5  # to each saying
STRANGE = 0.03  # what one of them counts, beside a pair
NEAREST = 3  # of one article, beside each claim or sentence
BESIDE = 0.05  # what one of them counts
ASIDE = 3  # of so many articles one is for measuring only
FEW = 0.5
LEVELS = (0.5, 0.55, 0.6, 0.7, 0.8, 0.9)
FOLDS = 10
TOGETHER = 12  # pairs on few topics
APART = 30  # pairs that many lines away are on another topic


def main() -> None:
    parser = ArgumentParser(prog="python -m claims.comparison.training", description=__doc__)
    parser.add_argument("pairs", type=Path, help="on these it is told how well it does")
    parser.add_argument("--more", type=Path, nargs="*", default=[], help="and trained on these")
    parser.add_argument(
        "--articles", type=Path, nargs="*", default=[], help="annotated articles, or folders"
    )
    arguments = parser.parse_args()
    examples = Examples(read_pairs(arguments.pairs))
    more = Examples([pair for path in arguments.more for pair in read_pairs(path)])
    paths = articles(arguments.articles)
    beside = [row for at, path in enumerate(paths, 1) if at % ASIDE for row in _unrelated(path)]
    chances = left_out(examples, more, beside)
    report(chances, examples.labels)
    platt = calibration(chances, examples.labels)
    report_levels(chances, examples.labels, platt)
    save(fit(examples.joined(more), beside), platt)
    load_model.cache_clear()
    report_alarms(paths[ASIDE - 1 :: ASIDE])


def _unrelated(path: Path) -> list[dict[str, float]]:
    """The features of pairs of an article that say something else, of each claim or sentence the
    few that have most in common with it."""
    found = [each for each in pairs_of(path, read_same(SAME)) if not each.same]
    put = [find(each.first, each.second, {}) for each in found]
    of: dict[int, list[int]] = defaultdict(list)
    for place, each in enumerate(found):
        of[id(each.first)].append(place)
        of[id(each.second)].append(place)
    nearest = {
        place
        for places in of.values()
        for place in sorted(places, key=lambda at: -put[at].cover.common)[:NEAREST]
    }
    return [features(put[place]) for place in sorted(nearest)]


class Examples:
    """Features and labels of pairs, and of each first saying beside those on other topics that
    have most in common with it: what a record would show.

    They are read as if one and the same had said both: what they say is judged by itself, and who
    says it is a rule (``comparison.py``). Two who disagree would then contradict themselves.
    """

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self.readings = [(read(pair.first), read(pair.second)) for pair in pairs]
        self.rows = [features(find(*both, {})) for both in self.readings]
        self.labels = [
            "contradicts" if pair.trap == "other speaker" else pair.relation for pair in pairs
        ]
        self.topics = topics(pairs)
        self.strangers = [
            [features(find(first, stranger, {})) for stranger in self._strangers(place, first)]
            for place, (first, _second) in enumerate(self.readings)
        ]

    def _strangers(self, place: int, reading: Reading) -> list[Reading]:
        usual, stems = usual_rarity(), set(reading.stems)

        def common(other: Reading) -> float:
            return sum(usual.get(stem, UNKNOWN) for stem in stems & set(other.stems))

        others = [
            second
            for at, (_first, second) in enumerate(self.readings)
            if abs(at - place) > APART and second.saying.language == reading.saying.language
        ]
        return sorted(others, key=common, reverse=True)[:STRANGERS]

    def only(self, places: Sequence[int]) -> "Examples":
        """Those at these places."""
        return self._made(
            *([each[i] for i in places] for each in (self.rows, self.labels, self.strangers))
        )

    def joined(self, other: "Examples") -> "Examples":
        """These and others."""
        return self._made(
            self.rows + other.rows, self.labels + other.labels, self.strangers + other.strangers
        )

    @staticmethod
    def _made(rows: list, labels: list, strangers: list) -> "Examples":
        made = object.__new__(Examples)
        made.rows, made.labels, made.strangers = rows, labels, strangers
        return made


def topics(pairs: Sequence[Pair]) -> list[int]:
    """A number for each pair, the same where pairs have a saying in common."""
    number: dict[str, int] = {}
    found = []
    for place, pair in enumerate(pairs):
        texts = (pair.first.text, pair.second.text)
        topic = next((number[text] for text in texts if text in number), place)
        number.update(dict.fromkeys(texts, topic))
        found.append(topic)
    return found


class Fitted(NamedTuple):
    """Whether two speak of the same, and what they have to do with one another if so."""

    gate: Pipeline
    relation: Pipeline

    def chances(self, rows: Sequence[dict[str, float]]) -> list[dict[str, float]]:
        if not rows:
            return []
        same = self.gate.predict_proba([gate_features(row) for row in rows])[:, 1:]
        told = same * self.relation.predict_proba(rows)
        told[:, list(self.relation.classes_).index("unrelated")] += 1 - same[:, 0]
        return [dict(zip(self.relation.classes_, row, strict=True)) for row in told.tolist()]


def fit(examples: Examples, beside: Sequence[dict[str, float]]) -> Fitted:
    """Two regressions over named features, each on the scale of its own spread; ``beside`` are
    pairs of one article that say something else."""
    rows, labels = [*examples.rows, *beside], examples.labels + ["unrelated"] * len(beside)
    weights = [1.0] * len(examples.rows) + [BESIDE] * len(beside)
    strangers = [row for rows in examples.strangers for row in rows]
    gate = _regression().fit(
        [gate_features(row) for row in rows + strangers],
        [place < len(examples.rows) for place in range(len(rows) + len(strangers))],
        logisticregression__sample_weight=weights + [STRANGE] * len(strangers),
    )
    relation = _regression().fit(rows, labels, logisticregression__sample_weight=weights)
    return Fitted(gate, relation)


def _regression() -> Pipeline:
    return make_pipeline(
        DictVectorizer(sparse=False),
        StandardScaler(),
        LogisticRegression(C=STRENGTH, max_iter=5000),
    )


def left_out(
    examples: Examples, more: Examples, beside: Sequence[dict[str, float]]
) -> list[dict[str, float]]:
    """The probability of each label, each pair's by a model that saw none of its sayings."""
    fold = [topic // TOGETHER % FOLDS for topic in examples.topics]
    chances: list[dict[str, float]] = [{}] * len(fold)
    alarms = total = 0
    for each in range(FOLDS):
        model = fit(
            examples.only([i for i, of in enumerate(fold) if of != each]).joined(more), beside
        )
        outside = [place for place, of in enumerate(fold) if of == each]
        found = model.chances([examples.rows[place] for place in outside])
        for place, told in zip(outside, found, strict=True):
            chances[place] = told
        strangers = model.chances([row for place in outside for row in examples.strangers[place]])
        total += len(strangers)
        alarms += sum(told["unrelated"] < FEW for told in strangers)
    print(f"{alarms} of {total} on other topics are taken for related")
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


def report_levels(
    chances: Sequence[dict[str, float]],
    labels: Sequence[str],
    platt: dict[str, tuple[float, float]],
) -> None:
    """Print which probabilities, put right, come true: for ``SUGGESTED``."""
    sure = [put_right(each, platt) for each in chances]
    for name in sorted({*labels} - {"unrelated"}):
        for level in LEVELS:
            told = [label for each, label in zip(sure, labels, strict=True) if each[name] >= level]
            right = told.count(name)
            print(
                f"  {name:<12} from {level}  P {right / max(1, len(told)):.3f} of {len(told)}"
                f"  R {right / labels.count(name):.3f}"
            )


def report_alarms(paths: Sequence[Path]) -> None:
    """Print how many pairs of an article left aside are taken for repeats, and which are so."""
    pairs = [each for path in paths for each in pairs_of(path, read_same(SAME))]
    found = [(compare(each.first, each.second).repeats, each.same) for each in pairs]
    print(f"{len(pairs)} pairs of {len(paths)} articles left aside")
    for level in (SUGGESTED[Relation.REPEATS], WITHIN_ONE):
        told = [same for repeats, same in found if repeats >= level]
        print(f"  from {level} {len(told)} are taken for repeats, {sum(told)} of them are so")


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


def save(model: Fitted, platt: dict[str, tuple[float, float]]) -> None:
    """Write ``weights.json``, a feature a line."""
    labels = [str(label) for label in model.relation.classes_]
    (gate, gate_bias), (relation, bias) = _table(model.gate), _table(model.relation)
    head = {
        "labels": labels,
        "bias": bias,
        "slopes": [round(platt[label][0], 4) for label in labels],
        "shifts": [round(platt[label][1], 4) for label in labels],
        "gate_bias": gate_bias[0],
        "gate": {name: row[0] for name, row in gate.items()},
    }
    lines = ",\n".join(f"{_json(name)}:{_json(row)}" for name, row in relation.items())
    text = "".join(f"{_json(key)}:{_json(value)},\n" for key, value in head.items())
    WEIGHTS.write_text("{" + text + '"weights":{\n' + lines + "\n}}\n", encoding="utf-8")


def _table(model: Pipeline) -> tuple[dict[str, list[float]], list[float]]:
    """The weights of each feature as it is, and the bias."""
    vectorizer, scaler, regression = (step for _name, step in model.steps)
    weights = regression.coef_ / scaler.scale_
    bias = regression.intercept_ - weights @ scaler.mean_
    rows = weights.T.round(4).tolist()
    names = vectorizer.get_feature_names_out()
    return dict(zip(names, rows, strict=True)), bias.round(4).tolist()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
