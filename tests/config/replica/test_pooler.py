"""Many readers and writers through PgBouncer, which shares two server processes out among them."""

import shutil
import subprocess
import time
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from tests.config.replica.clusters import Site, address, eventually

BOUNCER = shutil.which("pgbouncer", path="/usr/sbin:/usr/bin:/usr/local/bin:/usr/local/sbin")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not BOUNCER, reason="PgBouncer is not there: apt install pgbouncer"),
]

PORT, POOL, THREADS, ROUNDS = 6432, 2, 12, 9
OLD, NEW = "Une voix d’hier", "Une voix d’aujourd’hui"


@pytest.fixture(scope="module")
def bouncer(primary, place):
    """The address of a PgBouncer before the primary, in transaction mode."""
    folder = place / "bouncer"
    folder.mkdir(mode=0o755)
    settings = folder / "pgbouncer.ini"
    settings.write_text(
        f"[databases]\nconstat = host={primary.sockets} port=5432 dbname=constat user=constat\n"
        f"[pgbouncer]\nlisten_addr =\nlisten_port = {PORT}\nunix_socket_dir = {folder}\n"
        f"auth_type = any\npool_mode = transaction\ndefault_pool_size = {POOL}\n"
        "server_reset_query_always = 0\nstats_users = constat\n"
    )
    shutil.chown(folder, primary.account.uid, primary.account.gid)
    with (place / "bouncer.log").open("w") as log:
        process = subprocess.Popen(
            [*primary.account.prefix, BOUNCER, str(settings)], stdout=log, stderr=log
        )
    assert eventually((folder / f".s.PGSQL.{PORT}").exists), (place / "bouncer.log").read_text()
    yield f"postgresql://constat@/constat?host={folder}&port={PORT}"
    process.terminate()
    process.wait(10)


@pytest.fixture(scope="module")
def past(primary, claim) -> str:
    """A time at which the speaker of the claim had an old name."""
    name = "UPDATE claims_speaker SET name = %s WHERE public_id = %s"
    primary.sql(name, OLD, claim[1])
    ((moment,),) = primary.sql("SELECT clock_timestamp()")
    time.sleep(0.01)
    primary.sql(name, NEW, claim[1])
    return urllib.parse.quote(moment.isoformat())


@pytest.fixture(scope="module")
def site(primary, bouncer, place):
    site = Site(
        place, THREADS,
        DATABASE_URL=address(primary), CONSTAT_POOLER_URL=bouncer, CONSTAT_PROXIES="1",
    )  # fmt: skip
    yield site
    site.end()


def write(site, number: int):
    form = {"kind": "other", "text": f"Une faute, la {number}e, dans cette page."}
    return site.ask(urllib.request.Request(
        f"{site.address}/contact/", urllib.parse.urlencode(form).encode(),
        {"Origin": site.address, "X-Forwarded-For": f"192.0.2.{number}"},
    ))  # fmt: skip


def test_everybody_gets_the_right_answer(site, primary, claim, past):
    page, api = f"/claims/{claim[0]}/", f"/api/v1/claims/{claim[0]}/?include=speaker"
    told = {
        page: NEW,
        f"{page}?as_of={past}": OLD,
        api: NEW,
        f"{api}&as_of={past}": OLD,
        "/": "</html>",
        "/claims/?q=loi": "</html>",
        "/api/v1/claims/?limit=2": "results",
        "/api/v1/changes/?limit=5": "results",
        "/api/v1/claimreview.jsonld": "DataFeed",
    }

    def ask(number: int) -> list[str]:
        """What was answered otherwise than it is."""
        wrong = []
        for step in range(ROUNDS):
            path = [*told][(number + step) % len(told)]
            answer = site.get(path)
            name = {OLD: NEW, NEW: OLD}.get(told[path])
            right = told[path] in answer and not (name and name in answer)
            if not right or answer.status != 200:
                wrong.append(f"{path}: {answer.status}")
        if write(site, number).status != 302:
            wrong.append("contact")
        return wrong

    with ThreadPoolExecutor(THREADS) as threads:
        assert [wrong for each in threads.map(ask, range(THREADS)) for wrong in each] == []
    assert primary.sql("SELECT count(*) FROM claims_message") == [(THREADS,)]
    assert "Traceback" not in site.said()


def test_they_were_no_more_than_the_pool(site, bouncer):
    with psycopg.connect(bouncer.replace("/constat?", "/pgbouncer?"), autocommit=True) as console:
        console.cursor_factory = psycopg.ClientCursor
        rows = console.execute("SHOW SERVERS").fetchall()
    assert 1 <= len([row for row in rows if "constat" in row]) <= POOL


def test_nothing_is_left_in_a_session_for_the_next(site, bouncer):
    ask = (
        "SELECT current_setting('search_path'), current_setting('constat.as_of', true),"
        " current_setting('constat.protected', true), current_setting('statement_timeout')"
    )
    with psycopg.connect(bouncer, autocommit=True, prepare_threshold=None) as client:
        for _ in range(2 * POOL):
            path, *variables, timeout = client.execute(ask).fetchone()
            assert (path, timeout) == ('"$user", public', "0")
            assert not any(variables)
    with psycopg.connect(bouncer, autocommit=True, prepare_threshold=None) as client:
        left = (
            "SELECT count(*) FROM pg_prepared_statements UNION ALL SELECT count(*) FROM pg_cursors"
        )
        assert client.execute(left).fetchall()[0] == (0,)
