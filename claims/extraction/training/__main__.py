"""Train every learned part anew: ``python -m claims.extraction.training --gold FOLDER…``.

Prints how well each does on articles left out, and writes ``claims/extraction/weights``. The same
articles give the same weights.
"""

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path

from claims.extraction.extractor import Extractor
from claims.extraction.linear import load_weights
from claims.extraction.training import (
    antecedents,
    attribution,
    kinds,
    mention_ends,
    narration,
    subjects,
)
from claims.extraction.training.articles import read_articles
from claims.extraction.training.fit import Example, fit, left_out, save, without_rare

# Each a module with NAME, STRENGTH, LEAST (see `fit`, `without_rare`) and examples(article). Parts
# stand after those they build upon: the components run again with the weights just made.
PARTS = (mention_ends, subjects, attribution, antecedents, kinds, narration)


def main() -> None:
    parser = ArgumentParser(prog="python -m claims.extraction.training", description=__doc__)
    parser.add_argument("--gold", nargs="+", type=Path, required=True, help="files or folders")
    parser.add_argument("--only", choices=[part.NAME for part in PARTS], help="one part only")
    arguments = parser.parse_args()
    extractor = Extractor()
    articles = read_articles(extractor, arguments.gold)
    print(f"{len(articles)} articles")
    for part in PARTS:
        if arguments.only not in (None, part.NAME):
            continue
        for article in articles:
            article.forget()
            for _, component in extractor.rules.pipeline:
                component(article.doc)
        examples = [example for article in articles for example in part.examples(article)]
        examples = without_rare(examples, part.LEAST)
        report(part.NAME, examples, part.STRENGTH)
        save(fit(examples, part.STRENGTH), part.NAME)
        load_weights.cache_clear()


def report(name: str, examples: list[Example], strength: float) -> None:
    """Print accuracy, and precision and recall by label, on articles left out."""
    labels = sorted({example.label for example in examples})
    guesses = [labels[i] for i in left_out(examples, strength).argmax(axis=1)]
    right = Counter(e.label for e, g in zip(examples, guesses, strict=True) if e.label == g)
    expected, offered = Counter(e.label for e in examples), Counter(guesses)
    print(f"{name}: accuracy {right.total() / len(examples):.3f} of {len(examples)}, left out")
    for label in labels:
        precision = right[label] / max(1, offered[label])
        recall = right[label] / expected[label]
        print(f"  {label:<12} P {precision:.3f}  R {recall:.3f}  of {expected[label]}")


main()
