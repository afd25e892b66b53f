"""Print how well the extractor does on marked-up articles.

python -m claims.extraction.evaluation seeds/gold
"""

import argparse
import json
from pathlib import Path

from claims.extraction import Extractor
from claims.extraction.evaluation.gold import read_gold
from claims.extraction.evaluation.measure import measure
from claims.extraction.interchange import to_record


def evaluate(extractor: Extractor, articles: list[dict]) -> dict:
    """The figures of `extractor` on gold records."""
    readings = extractor.read_many((gold["text"], gold["published_on"]) for gold in articles)
    predicted = [to_record(gold, reading) for gold, reading in zip(articles, readings, strict=True)]
    return measure(zip(articles, predicted, strict=True))


def table(figures: dict) -> str:
    """The figures as lines of text."""
    lines = []
    for name in ("attributed", "exact", "speaker", "narrated", "parts"):
        row = figures[name]
        lines.append(
            f"{name:<11} P {row['p']:.3f}  R {row['r']:.3f}  F1 {row['f1']:.3f}"
            f"   ({row['gold']} gold, {row['predicted']} predicted)"
        )
    accuracy = (f"{key} {value:.3f}" for key, value in figures["accuracy"].items())
    return "\n".join([*lines, "accuracy    " + "  ".join(accuracy)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="+", type=Path, help="marked-up files, or folders of them")
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    options = parser.parse_args()
    files = [
        file
        for path in options.paths
        for file in (sorted(path.glob("*.txt")) if path.is_dir() else [path])
    ]
    figures = evaluate(Extractor(), [read_gold(file) for file in files])
    print(json.dumps(figures) if options.json else table(figures))


if __name__ == "__main__":
    main()
