"""What the extractor costs: its own components beside the spaCy pipeline, and longer texts.

    make bench-extraction

Ratios within one run, on the gold articles; seconds are those of this machine.
"""

from pathlib import Path
from statistics import median
from time import perf_counter

from rich.console import Console
from rich.progress import track
from rich.table import Table

from claims.extraction import Extractor
from claims.extraction.article import parse
from claims.extraction.candidates import reading
from claims.extraction.evaluation.gold import read_gold

GOLD = Path(__file__).parents[1] / "seeds/gold"
ROUNDS = 5
SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)  # characters


def main() -> None:
    extractor = Extractor()
    articles = [read_gold(file) for file in sorted(GOLD.glob("*.txt"))]
    texts = [(article["text"], article["published_on"]) for article in articles]
    for text, published_on in texts:  # Warm.
        extractor.read(text, published_on)
    console = Console()
    console.print(shares(extractor, texts))
    console.print(growth(extractor, "\n\n".join(text for text, _date in texts)))


def shares(extractor: Extractor, texts: list[tuple[str, str]]) -> Table:
    """The median over rounds of what each stage takes, and its ratio to the spaCy pipeline."""
    pipeline, rules = [], []
    for _round in track(range(ROUNDS), "Gold articles", transient=True):
        start = perf_counter()
        docs = list(parse(extractor.nlp, texts, 64))
        parsed = perf_counter()
        for doc in docs:
            for _name, component in extractor.rules.pipeline:
                doc = component(doc)
            reading(doc)
        pipeline.append(parsed - start)
        rules.append(perf_counter() - parsed)
    size = sum(len(text) for text, _date in texts)
    table = Table(title=f"{len(texts)} articles, {size:,} characters, median of {ROUNDS} rounds")
    for heading in ("stage", "seconds", "of the pipeline"):
        table.add_column(heading, justify="right")
    table.add_row("spaCy pipeline", f"{median(pipeline):.2f}", "100 %")
    ratio = median(own / base for own, base in zip(rules, pipeline, strict=True))
    table.add_row("Constat's components", f"{median(rules):.2f}", f"{ratio:.0%}")
    return table


def growth(extractor: Extractor, text: str) -> Table:
    """Seconds by length, and per character relative to the shortest."""
    table = Table(title="One text of growing length")
    for heading in ("characters", "seconds", "per character, the shortest = 1"):
        table.add_column(heading, justify="right")
    first = None
    for size in track(SIZES, "Longer texts", transient=True):
        longer = (text * (size // len(text) + 1))[:size]
        start = perf_counter()
        extractor.read(longer, "2025-12-08")
        seconds = perf_counter() - start
        first = first or seconds / size
        table.add_row(f"{size:,}", f"{seconds:.2f}", f"{seconds / size / first:.2f}")
    return table


if __name__ == "__main__":
    main()
