"""What searching and matching cost among ten thousand claims, a hundred thousand, a million.

    make bench-search
    make bench-search ARGS="--sizes 10000,100000"
    make bench-search ARGS="--sizes 1000000 --keep"
    make bench-search ARGS="--sizes 1000000 --keep --only 'common word|phrase'"

Each record is made (benchmarks/generated), loaded by COPY into a database of its own, and dropped
afterwards. With ``--keep`` it stays, as ``search_1000000``, for the next run, or for another
program: ``--at`` says the address to give as DATABASE_URL, good while this waits. ``--only`` asks
the kinds of question whose name has what it says (a regular expression), and nothing else.

Every question is asked once without being counted, then twice: so p50 and p95 are of different
questions, and the record is in memory as far as it fits. What is found of what was planted is told
beside. The tables are also written as Markdown, into the folder of the data. Where the corpora are,
``make bench-search_quality`` follows.
"""

import argparse
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

import django
from django.conf import settings
from django.db import connection
from rich.console import Console
from rich.markdown import Markdown
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

SIZES = "10000,100000,1000000"
ROUNDS = 2
PLANTED = 100  # of each kind that are looked for
FOUND = 5  # matches among which what was planted counts as found


@dataclass
class Figures:
    """Of one record: seconds of each question by kind, shares that were found, bytes."""

    rows: int = 0
    loading: dict[str, float] = field(default_factory=dict)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    recall: dict[str, float] = field(default_factory=dict)
    bytes: dict[str, int] = field(default_factory=dict)


def main() -> None:
    given = arguments()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    console = Console()
    figures: dict[int, Figures] = {}
    for size in given.sizes:
        with database_of(size, given.keep), progress(console) as bars:
            figures[size] = measured(size, bars, given.only)
            if given.at:
                bars.stop()
                told = connection.settings_dict
                address = f"postgresql://{told['USER']}@/{told['NAME']}?host={told['HOST']}"
                console.print(f"DATABASE_URL='{address}&port={told['PORT']}'", soft_wrap=True)
                console.input("Enter ends this. ")
    text = "\n\n".join(tables(figures))
    console.print(Markdown(text))
    if given.only:
        return
    file = Path(settings.DATA_DIR) / "bench-search.md"
    file.write_text(text + "\n", "utf-8")
    console.print(f"As Markdown: {file}")
    if (Path(os.environ.get("CORPORA", "../shared/corpora")) / "stsb-fr").is_dir():
        subprocess.run([sys.executable, "-m", "benchmarks.search_quality"], check=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-search ARGS=…", description=__doc__)
    parser.add_argument(
        "--sizes", default=SIZES, type=lambda text: [int(size) for size in text.split(",")]
    )
    parser.add_argument("--keep", action="store_true", help="keep the databases for the next run")
    parser.add_argument("--only", default="", help="kinds of question, as a regular expression")
    parser.add_argument("--at", action="store_true", help="tell where, and wait")
    return parser.parse_args()


def progress(console: Console) -> Progress:
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    return Progress(*columns, TimeElapsedColumn(), console=console)


@contextmanager
def database_of(size: int, keep: bool) -> Iterator[None]:
    """A database for so many claims; as it was kept, if it is to be kept."""
    from benchmarks.generated.record import broken_off

    usual = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"search_{size}"
    connection.creation.create_test_db(0, autoclobber=True, serialize=False, keepdb=keep)
    if broken_off():
        connection.creation.create_test_db(0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(usual, verbosity=0, keepdb=keep)


def measured(size: int, bars: Progress, only: str = "") -> Figures:
    """Load the record, unless it was kept, and ask it: all, or ``only`` these kinds of question."""
    from benchmarks.generated.questions import searches
    from benchmarks.generated.record import SEED, Record, load, loaded_already

    figures = Figures()
    loaded = loaded_already() or load(size, bars)
    figures.rows = loaded.rows
    figures.loading = {
        "copied": loaded.copying,
        "indexed": loaded.indexing,
        "verifications and links": loaded.following,
        "words learned": loaded.learning,
    }
    asked = searches(Record(size), SEED)
    questions: dict[str, list[Callable[[], object]]] = {}
    for kind, some in asked.items():
        questions[f"search: {kind}"] = [_search(each) for each in some]
    for kind in ("a rare word", "one of the most common words"):
        questions[f"facets: {kind}"] = list(_facets(asked[kind]))
        questions[f"desk: {kind}"] = [_desk(each["q"]) for each in asked[kind]]
    texts = _texts(size)
    for kind, some in texts.items():
        questions[f"match: {kind}"] = [_match(text) for _claim, _original, text in some]
    questions = {kind: acts for kind, acts in questions.items() if re.search(only, kind)}
    bar = bars.add_task(f"{size:,} claims asked", total=len(questions))
    for kind, acts in questions.items():
        figures.seconds[kind] = list(_times(acts))
        bars.advance(bar)
    if only:
        return figures
    figures.recall = {
        kind: _recall(texts[kind]) for kind in ("a planted repeat", "a planted paraphrase")
    }
    figures.bytes = _sizes()
    return figures


def _search(asked: dict[str, str]) -> Callable[[], object]:
    """What the page of the search asks for its list: keys, slips put right, the rows of a page."""
    from claims.pages.claims import _found

    query = _query(asked)

    def act():
        answered, _meant, found = _found(query())
        return answered, list(found.page(1))

    return act


def _query(asked: dict[str, str]) -> Callable:
    from django.http import QueryDict

    from claims.query import ClaimQuery

    given = QueryDict(mutable=True)
    given.update(asked)
    return lambda: ClaimQuery.parse(given)


def _facets(asked: Iterable[dict[str, str]]) -> Iterator[Callable[[], object]]:
    from claims.facets import facets
    from claims.pages.claims import _found

    for each in asked:
        query, _meant, found = _found(_query(each)())
        yield lambda query=query, keys=found.found: facets(query, keys)


def _desk(text: str) -> Callable[[], object]:
    """What the desk's search asks of the claims while one types."""
    from claims.models import Claim

    return lambda: list(Claim.objects.best(text).select_related("speaker")[:6])


def _texts(size: int) -> dict[str, list[tuple[int, int, str]]]:
    """What is matched: the claim with that text, what it says again, the text."""
    from benchmarks.generated.record import SEED, Record
    from claims.models import Claim

    with connection.cursor() as cursor:
        planted = {}
        for kind in ("repeat", "paraphrase"):
            cursor.execute(
                "SELECT claim, original, said.quote FROM planted"
                " JOIN claims_claim said ON said.id = claim AND said.status = 'accepted'"
                " JOIN claims_claim earlier"
                "   ON earlier.id = original AND earlier.status = 'accepted'"
                " WHERE planted.kind = %s ORDER BY md5(claim::text) LIMIT %s",
                [kind, PLANTED],
            )
            planted[f"a planted {kind}"] = cursor.fetchall()
    sayings = Record(size).sayings
    sayings.random = random.Random(SEED + 1)
    new = [sayings.text(sayings.draw()) for _number in range(50)]
    common = [noun.plural for noun in sayings.words.nouns[:60]]
    several = [" ".join(common[start : start + 6]) for start in range(0, 54, 3)]
    some = Claim.objects.published().order_by("-pk").values_list("pk", "pk", "quote")[:50]
    return planted | {
        "a saying of its own": list(some),
        "a new saying": [(0, 0, text) for text in new],
        "nothing but common words": [(0, 0, text) for text in several],
    }


def _match(text: str) -> Callable[[], object]:
    from claims.match import match

    return lambda: match(text, checked=False)


def _recall(texts: list[tuple[int, int, str]]) -> float:
    """The share of those whose original is among the first found, the text's own claim aside."""
    from claims.match import match

    hits = 0
    for claim, original, text in texts:
        found = [each.claim for each in match(text, checked=False, most=FOUND + 1)]
        hits += original in [pk for pk in found if pk != claim][:FOUND]
    return hits / len(texts) if texts else 0.0


def _times(acts: list[Callable[[], object]]) -> Iterator[float]:
    for act in acts:
        act()
    for _round in range(ROUNDS):
        for act in acts:
            begun = time.perf_counter()
            act()
            yield time.perf_counter() - begun


def _sizes() -> dict[str, int]:
    """Bytes of the table of claims, and of each index a search or a match reads."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_relation_size(indexrelid)"
            "  FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid"
            "  JOIN pg_am ON pg_am.oid = pg_class.relam"
            " WHERE amname IN ('gin', 'gist') AND indrelid::regclass::text ~ '^(sources|claims)_'"
            "   AND pg_relation_size(indexrelid) > 1000000 ORDER BY 1"
        )
        indexes = dict(cursor.fetchall())
        cursor.execute("SELECT pg_table_size('claims_claim'), pg_database_size(current_database())")
        table, database = cursor.fetchone()
    return {"claims": table} | indexes | {"the whole database": database}


# What is told


def tables(figures: dict[int, Figures]) -> Iterator[str]:
    sizes = list(figures)
    yield _table(["loading", *(f"{size:,} claims" for size in sizes)], _loading_rows(figures))
    heads = ["milliseconds"]
    for size in sizes:
        heads += [f"{size:,}: p50", "p95"]
    yield _table([*heads, *(["p95, growth"] if len(sizes) > 1 else [])], _time_rows(figures))
    yield _table(
        [f"found among the first {FOUND}", *(f"{size:,}" for size in sizes)],
        [
            [kind, *(f"{each.recall[kind]:.1%}" for each in figures.values())]
            for kind in figures[sizes[0]].recall
        ],
    )
    names = dict.fromkeys(name for each in figures.values() for name in each.bytes)
    yield _table(
        ["megabytes", *(f"{size:,}" for size in sizes)],
        [
            [name, *(f"{each.bytes.get(name, 0) / 1e6:,.0f}" for each in figures.values())]
            for name in names
        ],
    )


def _loading_rows(figures: dict[int, Figures]) -> Iterator[list[str]]:
    names = dict.fromkeys(name for each in figures.values() for name in each.loading)
    for name in names:
        yield [name, *(f"{each.loading.get(name, 0):,.0f} s" for each in figures.values())]
    for name, seconds in (
        ("rows a second, copied", lambda each: each.loading.get("copied", 0)),
        ("rows a second, all in all", lambda each: sum(each.loading.values())),
    ):
        yield [
            name,
            *(f"{each.rows / (seconds(each) or 1):,.0f}" for each in figures.values()),
        ]


def _time_rows(figures: dict[int, Figures]) -> Iterator[list[str]]:
    """A row for each kind; the growth is from the last size but one to the last."""
    for kind in next(iter(figures.values())).seconds:
        cells, slow = [kind], []
        for each in figures.values():
            seconds = each.seconds[kind]
            cut = quantiles(seconds, n=20)
            slow.append(cut[18])
            cells += [f"{cut[9] * 1000:,.1f}", f"{cut[18] * 1000:,.1f}"]
        yield [*cells, *([f"× {slow[-1] / slow[-2]:.1f}"] if len(slow) > 1 else [])]


def _table(heads: list[str], rows: Iterable[list[str]]) -> str:
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


if __name__ == "__main__":
    main()
