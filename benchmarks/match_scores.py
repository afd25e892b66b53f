"""Whether the scores of ``match`` come true: annotated pairs looked up in a record.

    make bench-match_scores
    make bench-match_scores ARGS="--fit seeds/gold/pairs/dev.jsonl seeds/gold/pairs/more.jsonl"

Every French saying of the pairs is a published claim, among the claims of the annotated articles
(seeds/gold), in a database of its own, which is dropped afterwards. Each is looked up; what is
found is right if it was annotated as a repeat, by itself or by way of others, and wrong otherwise.
With ``--fit`` the numbers of claims/match.py that make the score are told, with the table of
sayings that were left out by topic. Only figures are shown of the pairs.
"""

import argparse
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import django
from rich.console import Console
from rich.markdown import Markdown
from rich.progress import track

PAIRS = (Path("seeds/gold/pairs/held.jsonl"),)
ARTICLES = Path("seeds/gold")
BINS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9)
FOUND, FOLDS = 5, 10


@dataclass(frozen=True)
class Candidate:
    """What was found for a saying: its match, whether it says the same, and a number of a topic."""

    saying: str
    score: float
    similarity: float
    log_odds: float
    right: bool
    topic: int


class Same:
    """Which sayings are connected, by way of others too."""

    def __init__(self) -> None:
        self.above: dict[str, str] = {}

    def join(self, one: str, other: str) -> None:
        self.above[self.of(one)] = self.of(other)

    def of(self, text: str) -> str:
        """What stands for all that are connected with it."""
        while (above := self.above.get(text, text)) != text:
            text = above
        return text


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench-match_scores ARGS=…")
    parser.add_argument("pairs", type=Path, nargs="*", default=PAIRS)
    parser.add_argument("--fit", action="store_true", help="tell what the score should be made of")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from benchmarks.search_quality import database, load
    from claims.comparison.pairs import read_pairs

    pairs = [
        pair for path in given.pairs for pair in read_pairs(path) if pair.first.language == "fr"
    ]
    said = dict.fromkeys(each.text for pair in pairs for each in (pair.first, pair.second))
    sentences = list(dict.fromkeys([*said, *claimed(ARTICLES)]))
    console = Console()
    with database("match_scores"):
        load(sentences)
        ranks, found = looked_up(list(said), sentences, pairs, console)
    lines = [
        f"{len(said):,} sayings looked up among {len(sentences):,}: of {len(ranks):,} another that"
        f" says the same is first in {fmean(rank == 1 for rank in ranks):.2f}, among the first"
        f" {FOUND} in {fmean(0 < rank <= FOUND for rank in ranks):.2f}.",
        "",
        *table(found, [each.score for each in found]),
    ]
    if given.fit:
        lines += ["", *fitted(found)]
    console.print(Markdown("\n".join(lines)))


def claimed(folder: Path) -> Iterator[str]:
    """What the annotated articles of a folder claim."""
    from claims.extraction.evaluation.gold import read_gold

    for path in sorted(folder.glob("*.txt")):
        article = read_gold(path)
        for claim in article["claims"]:
            text = " […] ".join(article["text"][start:end] for start, end in claim["content"])
            yield " ".join(text.split())


def looked_up(
    said: Sequence[str], sentences: Sequence[str], pairs: Sequence, console: Console
) -> tuple[list[int], list[Candidate]]:
    """The place of the first that is right, for each saying that has one (0: none was found), and
    all that was found."""
    from claims.match import Said, log_odds, near
    from claims.models import Claim

    same, topics = Same(), Same()
    for pair in pairs:
        topics.join(pair.first.text, pair.second.text)
        if pair.relation == "repeats":
            same.join(pair.first.text, pair.second.text)
    numbers = {text: number for number, text in enumerate(sentences)}
    groups: dict[str, int] = {}
    for text in said:
        groups[same.of(text)] = groups.get(same.of(text), 0) + 1
    published = Claim.objects.published()
    ranks, found = [], []
    for text in track(said, "Looking up", console=console, transient=True):
        (matches,) = near([Said(text)], published)
        others = [(each, sentences[each.claim]) for each in matches]
        right = [same.of(other) == same.of(text) for _each, other in others if other != text]
        if groups[same.of(text)] > 1:
            ranks.append(right.index(True) + 1 if True in right else 0)
        found += [
            Candidate(
                text,
                each.score,
                each.similarity,
                log_odds(each.repeats) if each.repeats else float("-inf"),
                same.of(other) == same.of(text),
                numbers[topics.of(text)],
            )
            for each, other in others
            if other != text
        ]
    return ranks, found


def table(found: Sequence[Candidate], scores: Sequence[float]) -> Iterator[str]:
    """How many have which score, and how many of them are right."""
    yield "| score | mean | found | says the same | share |"
    yield "|---|---|---|---|---|"
    for low, high in zip(BINS, (*BINS[1:], 1.01), strict=True):
        inside = [
            (score, each.right)
            for each, score in zip(found, scores, strict=True)
            if low <= score < high
        ]
        if inside:
            mean, share = (fmean(column) for column in zip(*inside, strict=True))
            right = sum(right for _score, right in inside)
            yield f"| from {low} | {mean:.2f} | {len(inside):,} | {right:,} | {share:.2f} |"


def fitted(found: Sequence[Candidate]) -> Iterator[str]:
    """The bias and the weights of the score, and its table for topics that were left out."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    possible = [each for each in found if each.log_odds > float("-inf")]
    values = np.array([[each.similarity, each.log_odds] for each in possible])
    right = np.array([each.right for each in possible])
    order = {topic: place for place, topic in enumerate(sorted({e.topic for e in possible}))}
    fold = np.array([order[each.topic] % FOLDS for each in possible])
    scores = np.zeros(len(possible))
    for left_out in range(FOLDS):
        model = LogisticRegression().fit(values[fold != left_out], right[fold != left_out])
        scores[fold == left_out] = model.predict_proba(values[fold == left_out])[:, 1]
    yield from table(possible, scores.tolist())
    model = LogisticRegression().fit(values, right)
    similarity, comparison = model.coef_[0]
    yield ""
    yield (
        f"`BIAS, SIMILARITY, COMPARISON = {model.intercept_[0]:.2f}, {similarity:.2f},"
        f" {comparison:.2f}`"
    )


if __name__ == "__main__":
    main()
