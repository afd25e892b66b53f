"""What the extractor costs: its own stages beside the spaCy pipeline, and longer texts.

    make bench-extraction

Processor time on the gold articles, in the batches `Extractor.read_many` makes; shares are within
one run. Everything that is not spaCy's own pipeline counts as Constat's: cutting a text up, telling
sentences apart, putting the parsed paragraphs together, and the components.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import process_time

from rich.console import Console
from rich.progress import track
from rich.table import Table

from claims.extraction import Extractor
from claims.extraction.article import Article, assemble
from claims.extraction.candidates import reading
from claims.extraction.document import Document
from claims.extraction.evaluation.gold import read_gold
from claims.extraction.extractor import batches
from claims.extraction.sentences import set_sentence_starts
from claims.extraction.zone import batch_zone

GOLD = Path(__file__).parents[1] / "seeds/gold"
ROUNDS = 7
SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)  # characters
PIPELINE = "spaCy pipeline"
WIDTH = 30  # characters of the longest bar

Texts = list[tuple[str, str | None]]


def main() -> None:
    extractor = Extractor()
    articles = [read_gold(file) for file in sorted(GOLD.glob("*.txt"))]
    texts = [(article["text"], article["published_on"]) for article in articles]
    list(extractor.read_many(texts))  # Warm.
    console = Console()
    console.print(shares(extractor, texts))
    console.print(growth(extractor, "\n\n".join(text for text, _date in texts)))


def shares(extractor: Extractor, texts: Texts) -> Table:
    """What each stage takes, and its ratio to the spaCy pipeline; medians over the rounds."""
    rounds = [
        stages(extractor, texts) for _ in track(range(ROUNDS), "Gold articles", transient=True)
    ]
    size = sum(len(text) for text, _date in texts)
    table = Table(title=f"{len(texts)} articles, {size:,} characters, median of {ROUNDS} rounds")
    for heading in ("stage", "seconds", "of the pipeline"):
        table.add_column(heading, justify="right")
    for stage in rounds[0]:
        add_row(table, stage, [(times[stage], times[PIPELINE]) for times in rounds])
    table.add_section()
    own = [(sum(times.values()) - times[PIPELINE], times[PIPELINE]) for times in rounds]
    add_row(table, "all of Constat's", own)
    return table


def add_row(table: Table, stage: str, times: list[tuple[float, float]]) -> None:
    seconds = median(own for own, _base in times)
    ratio = median(own / base for own, base in times)
    table.add_row(stage, f"{seconds:.3f}", f"{ratio:.1%}")


def stages(extractor: Extractor, texts: Texts) -> dict[str, float]:
    """Seconds of each stage over all texts, each batch through all of them in turn."""
    nlp = extractor.nlp
    times: dict[str, float] = defaultdict(float)
    for batch in batches(texts):
        with batch_zone(nlp):
            with timed(times, "paragraphs and marks"):
                articles = [Article(*text) for text in batch]
            with timed(times, PIPELINE):
                docs = [nlp.make_doc(article.plain[start:end])
                        for article in articles for start, end in article.bounds]  # fmt: skip
            with timed(times, "sentences"):
                docs = [set_sentence_starts(doc) for doc in docs]
            with timed(times, PIPELINE):
                parsed = iter(list(nlp.pipe(docs, batch_size=64)))
            with timed(times, "paragraphs together"):
                for article in articles:
                    article.docs = [next(parsed) for _ in article.bounds]
                docs = [assemble(nlp, article) for article in articles]
            with timed(times, "plain objects"):
                for doc in docs:
                    Document.of(doc)
            for name, component in extractor.rules.pipeline:
                with timed(times, name):
                    docs = [component(doc) for doc in docs]
            with timed(times, "kinds, dates, parts"):
                for doc in docs:
                    reading(doc)
                    Document.of(doc).release()
    return times


@contextmanager
def timed(times: dict[str, float], stage: str) -> Iterator[None]:
    start = process_time()
    yield
    times[stage] += process_time() - start


def growth(extractor: Extractor, text: str) -> Table:
    """Seconds by length, and per character relative to the shortest, as a curve on its side."""
    table = Table(title="One text of growing length")
    for heading in ("characters", "seconds", "per character, the shortest = 1"):
        table.add_column(heading, justify="right")
    table.add_column()
    first = None
    for size in track(SIZES, "Longer texts", transient=True):
        longer = (text * (size // len(text) + 1))[:size]
        start = process_time()
        extractor.read(longer, "2025-12-08")
        seconds = process_time() - start
        first = first or seconds / size
        ratio = seconds / size / first
        bar = "█" * round(ratio * WIDTH / 2)
        table.add_row(f"{size:,}", f"{seconds:.2f}", f"{ratio:.2f}", bar)
    return table


if __name__ == "__main__":
    main()
