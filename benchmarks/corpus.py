"""What taking in a corpus costs, with one process that reads and with two.

    make bench-corpus
    make bench-corpus ARGS="--documents 1000 --processes 1 2 4"

Articles (benchmarks/ingest.py) as JSON Lines, others for each run, are taken in as ``manage.py
extract-corpus`` does it, into one empty database; the time begins when the workers are ready. What
one process reads and what loading takes is told beside it: the part of loading bounds how many
processes are of use. The database is dropped afterwards.
"""

import argparse
import os
import tempfile
import time
from dataclasses import dataclass, field
from io import StringIO
from itertools import islice
from pathlib import Path
from statistics import median

from benchmarks.ingest import articles, write_lines

TABLES = ("sources_document", "sources_snapshot", "sources_sentence", "claims_reading",
          "claims_speaker", "claims_claim")  # fmt: skip


@dataclass
class Run:
    """Seconds in all, and of them those that loading took and COPY with its triggers."""

    documents: int
    claims: int = 0
    rows: int = 0
    seconds: float = 0
    loading: float = 0
    copying: float = 0
    processes: int = field(default=1)


def main() -> None:
    import django
    from rich.console import Console

    from benchmarks.database import empty_database

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    options = arguments()
    console = Console()
    with empty_database(console):
        supply = articles()
        runs = []
        with tempfile.TemporaryDirectory() as folder:
            for number in range(options.rounds):
                for processes in options.processes:
                    path = Path(folder) / f"{number}-{processes}.jsonl"
                    write_lines(path, list(islice(supply, options.documents)))
                    with console.status(f"{processes} process(es), round {number + 1}…"):
                        runs.append(measure(path, processes))
        console.print(table(runs, options))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=600, help="in each round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2])
    return parser.parse_args()


def measure(path: Path, processes: int) -> Run:
    """One file taken in by so many processes."""
    from django.utils import timezone

    from claims.corpus import cluster, run
    from claims.stop import Stop
    from claims.tally import Tally
    from sources import insert
    from sources.batches.delivery import files
    from sources.origin import Origin

    class Still:
        def move(self, through, more=1): ...
        def write(self, stream, line):
            print(line)

    tally = Tally(StringIO(), StringIO(), bar=Still(), report=None, named=(), all_told=False)
    took = Run(0, processes=processes)
    before = rows()
    with cluster.local(processes) as client:
        client.wait_for_workers(processes)
        load, copy = run.load, insert._copy
        run.load = timed(load, took, "loading")
        insert._copy = timed(copy, took, "copying")
        try:
            begun = time.perf_counter()
            corpus = run.Corpus(client, Origin(), timezone.localdate(), tally, Stop())
            corpus.take_in(files(path))
            took.seconds = time.perf_counter() - begun
        finally:
            run.load, insert._copy = load, copy
    took.documents, took.claims, took.rows = tally.documents, tally.claims, rows() - before
    return took


def timed(act, took: Run, name: str):
    """``act``, whose seconds are added to those of ``took``."""

    def acting(*args):
        begun = time.perf_counter()
        try:
            return act(*args)
        finally:
            setattr(took, name, getattr(took, name) + time.perf_counter() - begun)

    return acting


def rows() -> int:
    """All rows of the tables that are loaded."""
    from django.db import connection

    counts = " + ".join(f"(SELECT count(*) FROM {table})" for table in TABLES)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")
        return cursor.fetchone()[0]


def table(runs: list[Run], options: argparse.Namespace):
    """Speeds, and their ratio to that of the fewest processes."""
    from rich.table import Table

    shown = Table(
        title=f"{options.documents} articles a run, median of {options.rounds}; load "
        f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"
    )
    for heading in ("processes", "documents/s", "claims/s", "ratio", "loading alone: documents/s",
                    "COPY: rows/s"):  # fmt: skip
        shown.add_column(heading, justify="right")
    first = None
    for processes in options.processes:
        some = [run for run in runs if run.processes == processes]
        speed = median(run.documents / run.seconds for run in some)
        first = first or speed
        shown.add_row(
            str(processes),
            f"{speed:,.1f}",
            f"{median(run.claims / run.seconds for run in some):,.1f}",
            f"{speed / first:.2f}",
            f"{median(run.documents / run.loading for run in some):,.0f}",
            f"{median(run.rows / run.copying for run in some):,.0f}",
        )
    return shown


if __name__ == "__main__":
    main()
