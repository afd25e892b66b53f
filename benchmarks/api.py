"""The API's list of claims beside a plain viewset, Datasette and PostgreSQL alone: the same rows.

    make bench-api
    make bench-api ARGS="10000 100000"

Each is asked for pages of twenty claims, one after another, some of each in turn so that whatever
else the machine does befalls all; then the API by several readers at once, at each size. The API
and the plain viewset are served by what ``make run`` starts, Datasette by its own server, over
connections that stay open; PostgreSQL is asked directly. The JSON is read of none. The API
keeps its answers (docs/decisions/0048); it makes each time what is called anew, and all the
readers ask for.
Datasette is installed into ``var/datasette``, an environment of its own, the first time. Figures
are those of one run on one machine: what counts is the ratio.
"""

import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import urlencode
from venv import EnvBuilder

import django
import psycopg
import urllib3
from django.db import connection
from rich.console import Console
from rich.table import Table

from benchmarks.site import asked, record_of, served

SIZES = (10_000, 1_000_000)
ROWS = 20  # a page
ROUNDS, REQUESTS = 10, 10  # so many requests of each a round
WARM = 4  # rounds before, in which every connection makes its plans, and every answer is kept
PAGES = 20  # that are asked for, one after the other
FAR = 10_000  # the page that is to cost what the first one does
ENVIRONMENT = Path(__file__).parents[1] / "var/datasette"
DATASETTE = "datasette==0.65.5"
BARE = "&_nocount=1&_nosuggest=1&_nofacet=1"  # It counts no rows, and looks for no facets.
LIST = "/api/v1/claims/"

Figures = dict[str, float]


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    django.setup()
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    console = Console()
    sides, readers = {}, {}
    for size in sizes:
        with console.status(f"A record of {size:,} claims…"), record_of(size), _both() as sites:
            sides[size] = beside(*sites)
            readers[size] = at_once(sites[0])
    console.print(compared(sides))
    console.print(growth(readers))


@contextmanager
def _both() -> Iterator[tuple[str, str]]:
    """The addresses of a web server that makes each answer anew, and of one as it comes."""
    with served(CONSTAT_KEPT_MB="0") as anew, served() as keeping:
        yield anew, keeping


def beside(site: str, keeping: str) -> Figures:
    """Seconds a page takes, in the middle, of each of the four; and the API's far page."""
    with urllib3.PoolManager(headers={"Accept-Encoding": "identity"}) as pool:

        def fetch(address: str) -> bytes:
            answer = pool.request("GET", address)
            if answer.status != 200:
                raise RuntimeError(f"{address}: {answer.status} {answer.data[:300]!r}")
            return answer.data

        first = f"{site}{LIST}?limit={ROWS}"
        addresses = [first]
        while len(addresses) < PAGES and (following := json.loads(fetch(addresses[-1]))["next"]):
            addresses.append(following)
        plain = [f"{site}/plain/claims/?page={n}" for n in range(1, len(addresses) + 1)]
        _same(*(json.loads(fetch(address))["results"] for address in (first, plain[0])))
        far = _far(first)
        with datasette() as rows, _direct() as direct:
            bare = [f"{rows}&_next={n * ROWS}" for n in range(PAGES)]
            sides = {
                "API": (fetch, [page.replace(site, keeping) for page in addresses]),
                "API, each made anew": (fetch, addresses),
                "plain viewset": (fetch, plain),
                "Datasette, counting nothing": (fetch, [f"{page}{BARE}" for page in bare]),
                "Datasette, as it comes": (fetch, bare),
                "floor": (lambda sql: direct.execute(sql).fetchone(), [_floor(site)]),
                f"Anew, page {FAR:,} or the last": (fetch, [far]),
                "Anew, page 1": (fetch, [first]),
            }
            return _medians(sides)


def at_once(site: str) -> Figures:
    """Seconds within which 95 of 100 pages are answered, to several readers."""
    paths = {
        "list": [f"{LIST}?limit={ROWS}"],
        "list, 100 rows": [f"{LIST}?limit=100"],
        "far page": [_far(f"{LIST}?limit={ROWS}")],
        "speaker and sentence included": [f"{LIST}?include=speaker,sentence"],
        "of a kind": [f"{LIST}?kind=commitment"],
        "words": [f"{LIST}?q=ministre"],
        "verifications": ["/api/v1/verifications/"],
        "a claim": [f"{LIST}{_claim(place)}/" for place in range(0, 1000, 50)],
    }
    return {name: asked(site, some)[1] for name, some in paths.items()}


def _medians(sides: dict[str, tuple[Callable[[str], object], list[str]]]) -> Figures:
    """Seconds each takes in the middle; the first rounds are not counted."""
    took = {name: [] for name in sides}
    for turn in range(-WARM, ROUNDS):
        for name, (fetch, addresses) in sides.items():
            for number in range(REQUESTS):
                address = addresses[((turn + WARM) * REQUESTS + number) % len(addresses)]
                start = time.perf_counter()
                fetch(address)
                if turn >= 0:
                    took[name].append(time.perf_counter() - start)
    return {name: median(seconds) for name, seconds in took.items()}


def _floor(site: str) -> str:
    """One query whose JSON, of the same rows and size, is built by PostgreSQL."""
    return f"""
        SELECT '[' || string_agg(document::text, ',') || ']'
          FROM api_claims(ARRAY(SELECT id FROM claims_claim WHERE status = 'accepted'
                                 ORDER BY decided_at DESC, id DESC LIMIT {ROWS}), '{site}')
    """


def _direct() -> psycopg.Connection:
    """To the database, past the project."""
    at = connection.settings_dict
    address = {"host": at["HOST"], "port": at["PORT"], "user": at["USER"], "dbname": at["NAME"]}
    return psycopg.connect(**address)


def _far(first: str) -> str:
    """The address of a page far down the list."""
    from claims.api.cursor import Cursor
    from claims.api.resources import RESOURCES

    claims = RESOURCES["claims"].published().latest().values_list("decided_at", "pk")
    place = min(FAR * ROWS, claims.count() - ROWS) - 1
    return f"{first}&{urlencode({'cursor': str(Cursor(claims[place]))})}"


def _claim(place: int) -> str:
    from claims.models import Claim

    return Claim.objects.published().latest().values_list("public_id", flat=True)[place]


def _same(ours: list[dict], plain: list[dict]) -> None:
    """Raise RuntimeError where the two do not say the same."""
    for mine, other in zip(ours, plain, strict=True):
        if differing := {name for name in mine if mine[name] != other[name]}:
            raise RuntimeError(f"{mine['id']}: {differing}: {mine} / {other}")


@contextmanager
def datasette() -> Iterator[str]:
    """The address of the same claims in Datasette, a table with their fields."""
    if not ENVIRONMENT.exists():
        EnvBuilder(with_pip=True, symlinks=True).create(ENVIRONMENT)
        pip = [ENVIRONMENT / "bin/python", "-m", "pip", "install", "--quiet", DATASETTE]
        subprocess.run(pip, check=True)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "record.db"
        _exported(file)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        program = [ENVIRONMENT / "bin/datasette", "serve", "--immutable", file, "--port", str(port)]
        server = subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            address = f"http://127.0.0.1:{port}/record/claims.json?_shape=objects&_size={ROWS}"
            urllib3.request("GET", address, retries=urllib3.Retry(20, backoff_factor=0.1))
            yield address
        finally:
            server.terminate()
            server.wait()


def _exported(file: Path) -> None:
    """The claims in SQLite, in the order of the list, a column for each field."""
    from claims.api.resources import RESOURCES

    claims = RESOURCES["claims"]
    names = list(claims.serializer().fields)
    with closing(sqlite3.connect(file)) as database, database:
        columns = ", ".join(f'"{name}"' for name in ["place", *names])
        database.execute(f"CREATE TABLE claims ({columns}, PRIMARY KEY (place))")
        marks = ", ".join("?" * (len(names) + 1))
        rows = claims.documents(claims.in_order(claims.published()))
        database.executemany(
            f"INSERT INTO claims VALUES ({marks})",
            (
                [place, *(_cell(value) for value in json.loads(text).values())]
                for place, (_id, text) in enumerate(rows, 1)
            ),
        )


def _cell(value: object) -> object:
    return json.dumps(value) if isinstance(value, list | dict) else value


def compared(sides: dict[int, Figures]) -> Table:
    shown = Table(title="A page of twenty claims, in milliseconds, and how often the API's time")
    shown.add_column("")
    for size in sides:
        shown.add_column(f"{size:,} claims", justify="right")
        shown.add_column("× API", justify="right")
    for name in next(iter(sides.values())):
        cells = [name]
        for found in sides.values():
            cells += [f"{found[name] * 1000:.1f}", f"{found[name] / found['API']:.2f}"]
        shown.add_row(*cells)
    return shown


def growth(readers: dict[int, Figures]) -> Table:
    smallest = min(readers)
    shown = Table(title="p95 in milliseconds, four readers at once, and its ratio to the smallest")
    shown.add_column("")
    for size in readers:
        shown.add_column(f"{size:,} claims", justify="right")
        shown.add_column("ratio", justify="right")
    for name in readers[smallest]:
        cells = [name]
        for found in readers.values():
            cells += [f"{found[name] * 1000:.0f}", f"{found[name] / readers[smallest][name]:.2f}"]
        shown.add_row(*cells)
    return shown


if __name__ == "__main__":
    main()
