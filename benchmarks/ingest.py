"""What taking documents in costs beside finding their claims.

    make bench-ingest
    make bench-ingest ARGS="--documents 400 --rounds 5 --processes 2"

In one run and in turns: the extractor on texts in memory (``Extractor.read_many``), and ``manage.py
ingest`` of the same texts as JSON Lines into an empty database, in as many processes. A ratio of
0.80 means that it takes in 80 documents in the time in which 100 are read. For information: the
same as HTML files (a line longer, so near-duplicates of what is there), and a second time, when all
is there. The database is dropped afterwards.

The texts are paragraphs of the gold articles, drawn anew for each, with other names of people and
other endings of nouns: no two are near-duplicates.
"""

import argparse
import json
import os
import random
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from io import StringIO
from itertools import count, cycle, islice, product
from pathlib import Path
from statistics import median

GOLD = Path(__file__).parents[1] / "seeds/gold"
SYLLABLES = ("Bar Cor Del Fau Gir Lam Mor Per Rou Val", "ba ci do le ma no ri sa ti vi",
             "bier det gnac lin mont nier rand sier tel vin")  # fmt: skip
PAGE = """<!doctype html>
<html lang="fr"><head><title>{title}</title>
<meta property="article:published_time" content="{published_on}"></head>
<body><nav><a href="/">Accueil</a> <a href="/politique">Politique</a></nav>
<article><h1>{title}</h1>
{paragraphs}
</article><footer>Mentions légales</footer></body></html>"""

PARAGRAPHS = 4  # of an article
NOUN = re.compile(r"\b((?:les?|la|une?|des?|du|aux?) |[ld]['’])([a-zéèêà]{4,})", re.IGNORECASE)
Article = dict[str, str]


# Each page is parsed in a process of its own, which imports this module first: so it is light, and
# imports what it takes where it takes it.


def main() -> None:
    import django
    from rich.console import Console

    from benchmarks.database import empty_database

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    options = arguments()
    console = Console()
    with empty_database(console):
        with console.status("Reading and taking in, in turns…"), tempfile.TemporaryDirectory() as d:
            rounds = measure(Path(d), options)
        console.print(table(rounds, options))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=100, help="in each round")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--processes", type=int, default=1)
    return parser.parse_args()


def measure(folder: Path, options: argparse.Namespace) -> list[dict[str, float]]:
    """For each round, the seconds that each way takes with the same texts."""
    from claims import engine

    extractor = engine.extractor()
    supply = articles()
    list(extractor.read_many(pairs(list(islice(supply, 20)))))  # Warm.
    rounds = []
    for number in range(options.rounds):
        texts = list(islice(supply, options.documents))
        lines = write_lines(folder / f"{number}.jsonl", texts)
        pages = write_pages(folder / f"pages-{number}", texts)

        def read(texts: list[Article] = texts) -> None:
            list(extractor.read_many(pairs(texts), n_process=options.processes))

        acts = {
            "read": read,
            "JSON Lines": lambda lines=lines: ingest(lines, options.processes),
        }
        took = {}
        for name in sorted(acts, reverse=bool(number % 2)):  # Either comes first in turn.
            took[name] = seconds(acts[name])
        took["again"] = seconds(lambda lines=lines: ingest(lines, options.processes))
        took["HTML"] = seconds(lambda pages=pages: ingest(pages, options.processes))
        took["HTML again"] = seconds(lambda pages=pages: ingest(pages, options.processes))
        rounds.append(took)
    return rounds


def table(rounds: list[dict[str, float]], options: argparse.Namespace):
    """Speeds, and their ratio to that of the extractor alone."""
    from rich.table import Table

    shown = Table(
        title=f"{options.documents} articles, {options.processes} process(es), median of "
        f"{options.rounds} rounds"
    )
    for heading in ("", "documents/s", "ratio"):
        shown.add_column(heading, justify="right" if heading else "left")
    ways = {
        "read": "their claims found, texts in memory",
        "JSON Lines": "taken in as JSON Lines",
        "HTML": "taken in as HTML files, near-duplicates",
        "again": "JSON Lines, all there already",
        "HTML again": "HTML files, all there already",
    }
    for way, words in ways.items():
        ratio = median(took["read"] / took[way] for took in rounds)
        speed = median(options.documents / took[way] for took in rounds)
        shown.add_row(words, f"{speed:,.1f}", f"{ratio:.2f}")
    return shown


def articles() -> Iterator[Article]:
    """Articles without end, each of paragraphs drawn from the gold ones, with other surnames."""
    from claims.extraction.evaluation.gold import read_gold

    gold = [read_gold(file) for file in sorted(GOLD.glob("dev-*.txt"))]
    supply = [(part, surnames(g)) for g in gold for part in g["text"].split("\n\n") if part.strip()]
    drawn = random.Random(1)
    for number, names in zip(count(), cycle(product(*(part.split() for part in SYLLABLES)))):
        surname, ending = "".join(names), rf"\1\2{names[1]}{names[2]}"
        paragraphs = [f"Article {number}, {surname}."]
        for text, known in drawn.sample(supply, PARAGRAPHS):
            for old in known:
                text = re.sub(rf"\b{re.escape(old)}\b", f"{surname}{old.lower()}", text)
            paragraphs.append(NOUN.sub(ending, text))
        yield {
            "title": f"Article {number}",
            "published_on": "2025-12-08",
            "text": "\n\n".join(paragraphs),
        }


def surnames(article: dict) -> set[str]:
    speakers = {
        claim["speaker"] for claim in article["claims"] if claim["speaker_kind"] == "person"
    }
    return {name.split()[-1] for name in speakers if " " in name}


def pairs(texts: list[Article]) -> list[tuple[str, str | None]]:
    return [(article["text"], article["published_on"]) for article in texts]


def write_lines(path: Path, texts: list[Article]) -> Path:
    path.write_text("".join(json.dumps(article) + "\n" for article in texts))
    return path


def write_pages(folder: Path, texts: list[Article]) -> Path:
    folder.mkdir()
    for article in texts:
        paragraphs = "\n".join(
            f"<p>{part} </p>" for part in article["text"].split("\n\n") if part.strip()
        )
        page = PAGE.format(**article, paragraphs=f"{paragraphs}<p>Sur cette page seulement.</p>")
        (folder / f"{article['title']}.html").write_text(page)
    return folder


def ingest(path: Path, processes: int) -> None:
    from django.core.management import call_command

    call_command("ingest", str(path), processes=processes, stdout=StringIO())


def seconds(act: Callable[[], None]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
