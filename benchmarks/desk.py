"""What finding things at the desk costs with a thousand claims, and with a million.

    make bench-desk
    make bench-desk ARGS="1000 100000"

Each page is asked for as a browser does, once without being counted and then several times; the
figures are medians of one run, and their ratio to those of the smaller record. The records are
made in a database of their own and dropped afterwards.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import django
from django.db import connection, transaction
from django.test.utils import setup_test_environment, teardown_test_environment
from rich.console import Console
from rich.table import Table

from benchmarks.database import empty_database

SIZES = (1_000, 1_000_000)
ROUNDS = 5
LIST, SEARCH = "/admin/claims/claim/", "/admin/claims/claim/search/"
SUGGESTIONS = "/admin/autocomplete/?app_label=claims&model_name=claim&field_name=speaker&term="
DOCUMENT = "sentence__snapshot__document"
PAGES = {
    "claims, the latest": LIST,
    "… the last page": f"{LIST}?p=40",
    "… by day said": f"{LIST}?o=-3",
    "… candidates, most worth checking": f"{LIST}?status__exact=candidate",
    "… of a kind": f"{LIST}?kind__exact=demand",
    "… of a speaker": f"{LIST}?speaker__id__exact=2",
    "… of a publisher": f"{LIST}?{DOCUMENT}__publisher__id__exact=7",
    "… of a document": f"{LIST}?{DOCUMENT}__id__exact=8",
    "… said in a month": f"{LIST}?said_on_from=2025-06-01&said_on_to=2025-06-30",
    "… found in a period": f"{LIST}?found_at_from=2026-01-01",
    "… not verified": f"{LIST}?standing=unverified",
    "… with a common rating": f"{LIST}?standing=false",
    "… with a rare rating": f"{LIST}?standing=hoax",
    "… a promise kept": f"{LIST}?standing=kept",
    "… with a word all have": f"{LIST}?q=annonce",
    "… with a rare word": f"{LIST}?q=eebipnkg",
    "… a rare word of a speaker": f"{LIST}?q=eebipnkg&speaker__id__exact=2",
    "search, a word all have": f"{SEARCH}?q=annonce",
    "search, a rare word": f"{SEARCH}?q=eebipnkg",
    "search, a slip": f"{SEARCH}?q=annnonce",
    "speakers suggested": f"{SUGGESTIONS}eebi",
    "speakers": "/admin/claims/speaker/",
    "documents": "/admin/sources/document/",
    "documents of a publisher": "/admin/sources/document/?publisher__id__exact=7",
    "verifications": "/admin/claims/verification/",
    "verifications of an author": "/admin/claims/verification/?author__id__exact=1000003",
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    console = Console()
    setup_test_environment()
    with empty_database(console):
        took = {}
        for size in sizes:
            with console.status(f"A record of {size:,} claims…"), record(size):
                took[size] = {name: typical(name) for name in PAGES}
        console.print(table(took))
    teardown_test_environment()


@contextmanager
def record(claims: int) -> Iterator[None]:
    """The database with so many claims, until the end."""
    with transaction.atomic():
        fill(claims)
        yield
        transaction.set_rollback(True)


def fill(claims: int) -> None:
    """Make so many claims, and all that goes with them, in the open transaction."""
    sql = (Path(__file__).parent / "desk.sql").read_text("utf-8")
    with connection.cursor() as cursor:
        cursor.execute(sql, {"claims": claims})
        cursor.execute("ANALYZE")


def typical(name: str) -> float:
    """The median of several requests, in seconds."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client()
    user, _made = get_user_model().objects.get_or_create(
        username="bench", defaults={"is_superuser": True, "is_staff": True}
    )
    client.force_login(user)
    seconds = []
    for _round in range(ROUNDS + 1):
        start = time.perf_counter()
        answer = client.get(PAGES[name])
        seconds.append(time.perf_counter() - start)
        if answer.status_code != 200:
            raise RuntimeError(f"{name}: {answer.status_code}")
    return median(seconds[1:])


def table(took: dict[int, dict[str, float]]) -> Table:
    smallest = min(took)
    shown = Table(title="Milliseconds a page, and the ratio to the smallest record")
    shown.add_column("")
    for size in took:
        shown.add_column(f"{size:,} claims", justify="right")
        if size != smallest:
            shown.add_column("ratio", justify="right")
    for name in PAGES:
        cells = [name]
        for size, pages in took.items():
            cells.append(f"{pages[name] * 1000:,.0f}")
            if size != smallest:
                cells.append(f"{pages[name] / took[smallest][name]:.1f}")
        shown.add_row(*cells)
    return shown


if __name__ == "__main__":
    main()
