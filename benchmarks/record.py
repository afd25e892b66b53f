"""What the record costs: standing derived rather than stored, gates, and reading the past.

    make bench-record
    make bench-record ARGS=100000

Figures are times of one run, and their ratio to the first of their group. The record is made in a
database of its own and dropped afterwards.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import django
from django.db import connection
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from benchmarks.database import empty_database

CLAIMS = 40_000
ROUNDS = 7


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else CLAIMS
    console = Console()
    with empty_database(console):
        with console.status(f"A record of {claims:,} claims…"):
            publishing = make(claims)
        console.print(table(claims, publishing))


def make(claims: int) -> tuple[float, float]:
    """Fill the database; returns the seconds of as many plain updates, and of publications."""
    with connection.cursor() as cursor:
        cursor.execute(
            (Path(__file__).parent / "record.sql").read_text("utf-8"), {"claims": claims}
        )
        cursor.execute("ANALYZE")
        plain = seconds(lambda: cursor.execute("UPDATE claims_verification SET summary = 'y'"))
        published = seconds(
            lambda: cursor.execute(
                "UPDATE claims_verification SET status = 'published', approved_by_id = 2,"
                " published_at = now()"
            )
        )
        cursor.execute("ANALYZE")
    return plain, published


def table(claims: int, publishing: tuple[float, float]) -> Table:
    from claims.models import Claim, Standing
    from sources.past import as_of

    def latest():
        return list(Claim.objects.published().with_source().latest()[:20])

    def with_standing():
        return list(Claim.objects.published().with_source().with_follow_through().latest()[:20])

    def in_the_past():
        with as_of(timezone.now()):
            return with_standing()

    def one(pk: int = claims // 2):
        return list(Standing.objects.filter(claim=pk))

    def one_in_the_past():
        with as_of(timezone.now()):
            return one()

    shown = Table(title=f"{claims:,} claims, {claims // 10:,} verifications")
    for heading in ("", "ms", "ratio"):
        shown.add_column(heading, justify="right" if heading else "left")
    groups: list[list[tuple[str, float]]] = [
        [
            ("verifications changed, all at once", publishing[0]),
            ("… published, through the gates", publishing[1]),
        ],
        [
            ("20 latest claims", typical(latest)),
            ("… with standing and what it follows from", typical(with_standing)),
            ("… as of the past", typical(in_the_past)),
        ],
        [("standing of one claim", typical(one)), ("… as of the past", typical(one_in_the_past))],
        [("standing of every claim", typical(lambda: list(Standing.objects.all()), rounds=1))],
    ]
    for group in groups:
        for name, took in group:
            shown.add_row(name, f"{took * 1000:,.1f}", f"{took / group[0][1]:.1f}")
        shown.add_section()
    return shown


def typical(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median of several runs, in seconds."""
    return median(seconds(act) for _ in range(rounds))


def seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
