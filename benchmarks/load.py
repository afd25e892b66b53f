"""What one small machine carries: readers, API clients and editors at once, while it takes in news.

    make bench-load
    make bench-load ARGS="--seconds 60 --readers 40 --clients 4 --editors 3 --size 100000"

A record is made (benchmarks/generated) in a database of its own, which is dropped afterwards, and
served as a public site is (config/serving.py, CONSTAT_PRODUCTION=1). Beside it a worker reads what
``manage.py ingest --background`` takes in all the while. Those who ask (benchmarks/users) run in
Locust, in a process and an environment of their own (``var/locust``, made the first time): each
waits for the answer, takes time to read it, and asks again. Every answer is looked at, not its
status alone; at the end, what the desk said it kept is looked for in the record. Whatever is wrong
is told, and makes the exit code 1.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from venv import EnvBuilder

import django
import psycopg
import urllib3
from django.db import connection
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from benchmarks.ingest import articles
from benchmarks.running import ROOT, Running
from benchmarks.search import database_of, progress

ENVIRONMENT = ROOT / "var/locust"
PACKAGES = ["locust>=2.47,<3", "lxml>=6.0,<7"]
COMING = 20  # of those who ask begin each second
ARTICLES = 40  # a second that there are to be taken in, more than can be
LOOK = 0.1  # seconds between two looks at who waits for a lock
PATIENCE = 300  # seconds until web server, worker and ingest have begun
WARM = 8  # pages of each kind, at once
SHOWN = 15  # faults
# What is counted in the record before and after.
COUNTED = """
SELECT (SELECT count(*) FROM sources_document) AS "documents taken in",
       (SELECT count(*) FROM claims_reading) AS "documents read",
       (SELECT count(*) FROM claims_claim) AS "claims recorded",
       (SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed') AS "jobs that failed",
       (SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()) AS "deadlocks"
"""
WAITING = """
SELECT coalesce(max(extract(epoch FROM clock_timestamp() - waitstart)), 0)
  FROM pg_locks WHERE NOT granted
"""


def main() -> int:
    given = arguments()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    console = Console()
    install(console)
    with (
        database_of(given.size, keep=False),
        TemporaryDirectory() as folder,
        progress(console) as bars,
    ):
        came = measured(given, Path(folder), bars)
    console.print(table(came, given))
    console.print(*came.told(), sep="\n")
    for fault in came.faults[:SHOWN]:
        console.print(f"Wrong: {fault}", style="red", markup=False, soft_wrap=True)
    if more := came.faults[SHOWN:]:
        console.print(f"… and {len(more)} more")
    return int(bool(came.faults))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-load ARGS=…", description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--readers", type=int, default=40, help="of the public pages")
    parser.add_argument("--clients", type=int, default=4, help="of the API")
    parser.add_argument("--editors", type=int, default=3)
    parser.add_argument("--size", type=int, default=100_000, help="claims of the record")
    return parser.parse_args()


def install(console: Console) -> None:
    """Locust's environment: it replaces Python's sockets, and brings a web server."""
    if (ENVIRONMENT / "bin/locust").exists():
        return
    with console.status("Installing Locust into var/locust…"):
        EnvBuilder(with_pip=True, symlinks=True, clear=True).create(ENVIRONMENT)
        pip = [ENVIRONMENT / "bin/python", "-m", "pip", "install", "--quiet", *PACKAGES]
        subprocess.run(pip, check=True)


@dataclass
class Came:
    """What came of it."""

    seconds: float = 0
    kinds: dict[str, dict[str, float]] = field(default_factory=dict)
    spent: dict[str, float] = field(default_factory=dict)  # seconds of a processor
    counted: dict[str, int] = field(default_factory=dict)
    longest_wait: float = 0  # for a lock, in seconds
    faults: list[str] = field(default_factory=list)

    def told(self) -> Iterator[str]:
        """All but the requests, in words."""
        shares = (f"{name} {each / self.seconds:.0%}" for name, each in self.spent.items() if each)
        yield f"Of one processor: {', '.join(shares)}"
        yield ", ".join(f"{name}: {number:,}" for name, number in self.counted.items())
        yield f"Longest wait for a lock: {self.longest_wait:.1f} s"


def measured(given: argparse.Namespace, folder: Path, bars: Progress) -> Came:
    """Load the record, serve it, ask it."""
    from benchmarks.generated.record import load
    from benchmarks.generated.visits import visits

    load(given.size, bars)
    articles = write_articles(folder / "articles.jsonl", given.seconds * ARTICLES, bars)
    came = Came()
    with socket.create_server(("127.0.0.1", 0), backlog=2048) as listener:
        site = f"localhost:{listener.getsockname()[1]}"
        users = {name: getattr(given, name) for name in ("readers", "clients", "editors")}
        asked = visits(given.size, given.clients, given.editors)
        asked |= {"users": users, "origin": f"https://{site}"}
        (folder / "asked.json").write_text(json.dumps(asked), "utf-8")
        with Running(folder, listener.fileno()) as running:
            collect = running.start("static", "manage.py", "collectstatic", "--no-input", "-v0")
            collect.wait()
            running.start("web", "-m", "gunicorn", "-c", "config/serving.py", "config.wsgi")
            running.start("worker", "manage.py", "worker", "--nice", "10")
            ingest = sys.executable, "manage.py", "ingest", str(articles), "--background", "-v0"
            running.start("ingest", "-n10", *ingest, python="nice")
            until(lambda: serves(site) and count()["documents read"])
            warm(site, asked["pages"])
            with locks() as waits:
                told = under_load(running, site, given, came, bars)
            came.longest_wait = max(waits)
            came.kinds = told["kinds"]
            came.faults = [*told["wrong"], *running.end(), *lost(told["done"])]
    for name in ("jobs that failed", "deadlocks"):
        if came.counted[name]:
            came.faults.append(f"{name}: {came.counted[name]}")
    return came


def under_load(running: Running, site: str, given, came: Came, bars: Progress) -> dict:
    """Have all of them ask for as long as was said; what Locust tells."""
    folder = running.folder
    asks = [
        "-m", "locust", "--headless", "--only-summary", "--exit-code-on-error", "0",
        "--locustfile", str(ROOT / "benchmarks/users/locustfile.py"), "--host", f"http://{site}",
        "--users", str(given.readers + given.clients + given.editors),
        "--spawn-rate", str(COMING), "--run-time", f"{given.seconds}s", "--stop-timeout", "30",
    ]  # fmt: skip
    files = {
        "PYTHONPATH": str(ROOT),
        "ASKED": str(folder / "asked.json"),
        "TOLD": str(folder / "told.json"),
    }
    counted, spent, begun = count(), running.spent(), time.monotonic()
    python = str(ENVIRONMENT / "bin/python")
    generator = running.start("generator", *asks, python=python, **files)
    bar = bars.add_task("All of them at once", total=given.seconds)
    while generator.poll() is None:
        bars.update(bar, completed=min(int(time.monotonic() - begun), given.seconds))
        came.spent = {name: each - spent.get(name, 0) for name, each in running.spent().items()}
        time.sleep(0.5)
    came.seconds = time.monotonic() - begun
    came.counted = {name: each - counted[name] for name, each in count().items()}
    return json.loads((folder / "told.json").read_text("utf-8"))


def write_articles(path: Path, number: int, bars: Progress) -> Path:
    """So many new documents, as JSON Lines."""
    bar = bars.add_task("Documents written", total=number)
    with path.open("w") as file:
        for article in islice(articles(), number):
            file.write(json.dumps(article) + "\n")
            bars.advance(bar)
    return path


def until(true: Callable[[], object]) -> None:
    """Wait until it is so; raises RuntimeError after some minutes."""
    deadline = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > deadline:
            raise RuntimeError("What was to be measured did not begin.")
        time.sleep(0.2)


def serves(site: str) -> bool:
    try:
        return urllib3.request("GET", f"http://{site}/readyz/web", retries=False).status == 200
    except urllib3.exceptions.HTTPError:
        return False


def warm(site: str, pages: dict[str, list]) -> None:
    """Some pages of each kind, so that templates are read; a public site was not begun just now."""
    headers = {"X-Forwarded-Proto": "https", "Host": site}
    paths = [path for some in pages.values() for path, _words in some[:WARM]]
    with (
        urllib3.PoolManager(maxsize=WARM, headers=headers) as pool,
        ThreadPoolExecutor(WARM) as readers,
    ):
        list(readers.map(lambda path: pool.request("GET", f"http://{site}{path}"), paths))


def count() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(COUNTED)
        names = [column.name for column in cursor.description]
        return dict(zip(names, cursor.fetchone(), strict=True))


@contextmanager
def locks() -> Iterator[list[float]]:
    """How long the longest wait for a lock was, at each look, while inside."""
    over, waits = Event(), [0.0]
    at = connection.get_connection_params()
    address = {name: at[name] for name in ("dbname", "user", "host", "port")}

    def look():
        with psycopg.connect(**address, autocommit=True) as watching:
            while not over.wait(LOOK):
                waits.append(float(watching.execute(WAITING).fetchone()[0]))

    watch = Thread(target=look)
    watch.start()
    try:
        yield waits
    finally:
        over.set()
        watch.join()


def lost(done: dict) -> Iterator[str]:
    """What the desk said it kept and the record does not have."""
    from claims.models import Claim, Verification

    wanted = [(pk, "accepted") for pk in done["accepted"]]
    wanted += [(pk, "rejected") for pk in done["rejected"]]
    found = dict(Claim.objects.values_list("pk", "status").filter(pk__in=dict(wanted)))
    yield from (f"claim {pk} is not {status}" for pk, status in wanted if found[pk] != status)
    for pk, wording in done["worded"].items():
        if Claim.objects.get(pk=pk).wording != wording:
            yield f"claim {pk} is not worded as it was typed"
    for pk, typed in done["written"].items():
        kept = Verification.objects.values("summary", "explanation").get(pk=pk)
        if any(typed[name] != text for name, text in kept.items()):
            yield f"verification {pk} is not what was typed"


def table(came: Came, given: argparse.Namespace) -> Table:
    shown = Table(
        title=f"{given.readers} readers, {given.clients} API clients and {given.editors} editors at"
        f" once, for {given.seconds} s, of a record of {given.size:,} claims"
    )
    for name in ("", "requests", "a second", "p50 ms", "p95 ms", "p99 ms", "wrong"):
        shown.add_column(name, justify="right" if name else "left")
    before = None
    for kind, each in sorted(came.kinds.items(), key=lambda item: (_group(item[0]), item[0])):
        if before not in (None, _group(kind)):
            shown.add_section()
        before = _group(kind)
        shown.add_row(
            kind, f"{each['requests']:,}", f"{each['requests'] / came.seconds:,.1f}",
            *(f"{each[name]:,.0f}" for name in ("p50", "p95", "p99")), f"{each['wrong']:,}",
        )  # fmt: skip
    requests, wrong = (sum(e[name] for e in came.kinds.values()) for name in ("requests", "wrong"))
    shown.add_section()
    rate = f"{requests / came.seconds:,.1f}"
    shown.add_row("all", f"{requests:,}", rate, "", "", "", f"{wrong:,}", style="bold")
    return shown


def _group(kind: str) -> str:
    """API, desk, or neither."""
    return kind.partition(":")[0] if ":" in kind else ""


if __name__ == "__main__":
    sys.exit(main())
