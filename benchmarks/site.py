"""What the public site serves with a thousand claims, and with a million.

    make bench-site
    make bench-site ARGS="1000 100000"

The pages are asked for over HTTP, as by readers at once, of the web server ``make run`` starts, on
a database of its own that is dropped afterwards. Rows are drawn at random, so that no page is asked
for again and again. Figures are those of one run on one machine: what counts is the ratio.
"""

import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle, islice
from statistics import quantiles

import django
import urllib3
from django.db import connection, transaction
from rich.console import Console
from rich.table import Table

from benchmarks.database import empty_database
from benchmarks.desk import fill

SIZES = (1_000, 1_000_000)
READERS = 4  # at once
REQUESTS = 200  # of each kind of page
ROWS = 50  # of each kind that are asked for
WORDS = ("annonce", "eebipnkg", "ministre annonce", "annnonce")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    console = Console()
    took = {}
    for size in sizes:
        with console.status(f"A record of {size:,} claims…"), record_of(size), served() as site:
            took[size] = {name: asked(site, paths) for name, paths in pages().items()}
    console.print(table(took))


def pages() -> dict[str, list[str]]:
    """The paths of each kind of page that are asked for."""
    from claims.models import Claim, Speaker, Verification

    chosen = random.Random(7)
    found = {}
    for name, rows in (
        ("claim", Claim.objects.published()),
        ("claim, verified", Claim.objects.published().filter(verifications__status="published")),
        ("speaker", Speaker.objects.published()),
        ("speaker of many claims", Speaker.objects.published().filter(pk__lte=100)),
        ("verification", Verification.objects.published()),
    ):
        some = list(rows.order_by("pk")[: ROWS * 20])
        if not some:
            raise RuntimeError(f"There is no {name} in benchmarks/desk.sql.")
        chosen.shuffle(some)
        found[name] = [row.get_absolute_url() for row in some[:ROWS]]
    found["home"] = ["/"]
    found["claims"] = [f"/claims/?page={number}" for number in (1, 2, 3)]
    found["developments"] = ["/developments/"]
    found["search"] = [f"/claims/?q={word}" for word in WORDS]
    found["API, a claim"] = [f"/api/v1{path}" for path in found["claim"]]
    return found


@contextmanager
def record_of(claims: int) -> Iterator[None]:
    """A database of its own with so many claims, which is dropped afterwards."""
    with empty_database():
        with transaction.atomic():
            fill(claims)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        yield


@contextmanager
def served(**settings: str) -> Iterator[str]:
    """The address of a web server, as a public site has one, on the database of this process."""
    at = connection.settings_dict
    url = f"postgresql://{at['USER']}@/{at['NAME']}?host={at['HOST']}&port={at['PORT']}"
    with socket.create_server(("127.0.0.1", 0), backlog=2048) as listener:
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        command = [
            sys.executable, "-m", "gunicorn", "config.wsgi", "--preload", "--no-control-socket",
            "--bind", f"fd://{listener.fileno()}", "--workers", "2", "--threads", "4",
            "--log-level", "error",
        ]  # fmt: skip
        limits = dict.fromkeys(("ANONYMOUS_MINUTE", "ANONYMOUS_DAY"), "1000000000")
        environment = os.environ | {"DATABASE_URL": url}
        environment |= {f"CONSTAT_API_{name}": limit for name, limit in limits.items()} | settings
        server = subprocess.Popen(command, env=environment, pass_fds=[listener.fileno()])
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.terminate()
            server.wait()


def asked(site: str, paths: list[str]) -> tuple[float, float]:
    """Requests a second, and the seconds within which 95 of 100 are answered."""
    with urllib3.PoolManager(maxsize=READERS, headers={"Accept-Encoding": "gzip"}) as pool:

        def ask(path: str) -> float:
            start = time.perf_counter()
            answer = pool.request("GET", site + path)
            if answer.status != 200:
                raise RuntimeError(f"{path}: {answer.status}")
            return time.perf_counter() - start

        with ThreadPoolExecutor(READERS) as readers:
            # Not counted: templates are read, and these rows are brought from the disk.
            list(readers.map(ask, islice(cycle(paths), max(READERS * 4, len(paths)))))
            start = time.perf_counter()
            seconds = list(readers.map(ask, islice(cycle(paths), REQUESTS)))
        return REQUESTS / (time.perf_counter() - start), quantiles(seconds, n=20)[-1]


def table(took: dict[int, dict[str, tuple[float, float]]]) -> Table:
    smallest = min(took)
    shown = Table(title="Requests a second, p95 in milliseconds, and its ratio to the smallest")
    shown.add_column("")
    for size in took:
        for name in (f"{size:,} claims", "p95", *(["ratio"] if size != smallest else [])):
            shown.add_column(name, justify="right")
    for name in took[smallest]:
        cells = [name]
        for size, found in took.items():
            rate, slow = found[name]
            cells += [f"{rate:,.0f}/s", f"{slow * 1000:,.0f}"]
            if size != smallest:
                cells.append(f"{slow / took[smallest][name][1]:.1f}")
        shown.add_row(*cells)
    return shown


if __name__ == "__main__":
    main()
