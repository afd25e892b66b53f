"""Whether memory stays flat over thousands of articles that each bring new words.

    make bench-memory
    make bench-memory ARGS=2000

Each article is made of paragraphs of the gold articles in another order, with names and figures
nobody has used before: what makes spaCy's vocabulary grow.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

from rich.console import Console
from rich.progress import track
from rich.table import Table

from claims.extraction import Extractor
from claims.extraction.evaluation.gold import read_gold

GOLD = Path(__file__).parents[1] / "seeds/gold"
ARTICLES = 10_000
LENGTH = 2_000  # characters, as a short article of a newspaper
MARKS = (0.01, 0.1, 0.25, 0.5, 0.75, 1)  # of the articles: where memory is measured
NAME = re.compile(r"\b[A-ZÉ][a-zéèêàç]{3,}\b")
SYLLABLES = ("ba", "cho", "dri", "fau", "gué", "jol", "lam", "mer", "nou", "pra", "sté", "vil")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    extractor = Extractor()
    table = Table(title=f"{count:,} articles of about {LENGTH:,} characters")
    for heading in ("articles", "MB in use", "words known"):
        table.add_column(heading, justify="right")
    marks = {max(1, round(count * mark)) for mark in MARKS}
    readings = extractor.read_many(articles(count))
    for number, _reading in enumerate(track(readings, "Articles", count, transient=True), 1):
        if number in marks:
            words = len(extractor.nlp.vocab.strings)
            table.add_row(f"{number:,}", f"{resident():,.0f}", f"{words:,}")
    Console().print(table)


def articles(count: int) -> Iterator[tuple[str, str]]:
    """Articles nobody has read before, always the same."""
    texts = [read_gold(file)["text"] for file in sorted(GOLD.glob("*.txt"))]
    paragraphs = [line for text in texts for line in text.splitlines() if line.strip()]
    random = Random(2025)
    for _ in range(count):
        chosen: list[str] = []
        while sum(map(len, chosen)) < LENGTH:
            chosen.append(random.choice(paragraphs))
        yield renamed("\n\n".join(chosen), random), "2025-12-08"


def renamed(text: str, random: Random) -> str:
    """`text` with every third capitalised word made up."""

    def other(match: re.Match) -> str:
        if random.random() > 0.33:
            return match[0]
        return "".join(random.choices(SYLLABLES, k=4)).capitalize()

    return NAME.sub(other, text)


def resident() -> float:
    """Megabytes of memory this process holds now (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


if __name__ == "__main__":
    main()
