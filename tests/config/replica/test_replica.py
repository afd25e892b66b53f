"""A primary, a hot standby that pages are read from, and what happens when either is gone.

One story, in the order of the tests: a standby that lags, one that stops, a primary that is killed,
and the standby in its place.
"""

import time
import urllib.parse
import urllib.request
from email.utils import parsedate_to_datetime

import pytest

from tests.config.replica.clusters import Site, address, eventually

pytestmark = pytest.mark.django_db  # The test database is what the primary begins with.

SECONDS = 4  # that the replica may be behind
SESSION = {"Cookie": "sessionid=some"}


@pytest.fixture(scope="module")
def standby(primary, place):
    cluster = primary.standby(place / "standby")
    yield cluster
    cluster.remove()


@pytest.fixture(scope="module")
def site(primary, standby, place):
    site = Site(
        place, 4,
        DATABASE_URL=address(primary, standby, target_session_attrs="read-write"),
        CONSTAT_REPLICA_URL=address(standby),
        CONSTAT_REPLICA_SECONDS=str(SECONDS),
        CONSTAT_DATABASE_SECONDS="2",
    )  # fmt: skip
    time.sleep(2)  # What changes from now on is younger than the site, by whole seconds.
    yield site
    site.end()


@pytest.fixture
def named(primary, standby, claim):
    """Gives the speaker another name, which the standby has not applied yet; a function that says
    which of its names a page shows."""
    old, new = "Une voix d’hier", "Une voix d’aujourd’hui"
    primary.sql("UPDATE claims_speaker SET name = %s WHERE public_id = %s", old, claim[1])
    # So many changes in a moment run ahead of the clock, which no answer tells.
    primary.sql("UPDATE claims_lastchange SET at = now() - interval '1 minute'")
    replayed(primary, standby)
    standby.as_superuser("SELECT pg_wal_replay_pause()")
    primary.sql("UPDATE claims_speaker SET name = %s WHERE public_id = %s", new, claim[1])
    yield lambda answer: "new" if new in answer else "old" if old in answer else answer.text
    standby.as_superuser("SELECT pg_wal_replay_resume()")


def replayed(primary, standby) -> None:
    """Wait until the standby has all there is."""
    ((end,),) = primary.as_superuser("SELECT pg_current_wal_flush_lsn()")
    assert eventually(
        lambda: standby.as_superuser(f"SELECT pg_last_wal_replay_lsn() >= '{end}'")[0][0]
    )


def paths(claim) -> list[str]:
    page = f"/claims/{claim[0]}/"
    return [page, f"/en{page}", f"/api/v1{page}?include=speaker", "/claims/"]


def test_pages_and_the_api_are_read_from_the_standby(site, named, claim):
    for path in paths(claim):
        assert named(site.get(path)) == "old", path


def test_so_is_the_past(site, named, primary, claim):
    ((now,),) = primary.sql("SELECT now()")
    asked = urllib.parse.urlencode({"as_of": now.isoformat()})
    assert named(site.get(f"/claims/{claim[0]}/?{asked}")) == "old"


def test_who_has_a_session_reads_what_they_wrote(site, named, claim):
    assert named(site.get(f"/claims/{claim[0]}/", **SESSION)) == "new"


def test_the_change_log_is_read_where_it_is_told(site, named, primary, claim):
    ((before,),) = primary.sql("SELECT number FROM claims_changelog UNION ALL SELECT 0 LIMIT 1")
    assert named(site.get(f"/api/v1/changes/?since={before}")) == "new"
    ((now,),) = primary.sql("SELECT number FROM claims_changelog")
    assert site.get(f"/api/v1/changes/?since={now}").status == 200


def test_a_page_that_lags_is_none_of_the_newest_change(site, named, standby, claim):
    page = f"/claims/{claim[0]}/"
    lagging = site.get(page)
    held = {"If-None-Match": lagging.headers["ETag"]}
    assert named(lagging) == "old"
    assert site.get(page, **held).status == 304
    standby.as_superuser("SELECT pg_wal_replay_resume()")
    # The time of a change is told once its second is over.
    latest = eventually(lambda: (answer := site.get(page)).headers["Last-Modified"] and answer)
    times = [parsedate_to_datetime(each.headers["Last-Modified"]) for each in (lagging, latest)]
    assert (named(latest), times[0] < times[1]) == ("new", True)
    assert site.get(page, **held).status == 200


def test_one_that_is_too_far_behind_is_not_read_from(site, named, claim):
    page = f"/claims/{claim[0]}/"
    assert named(site.get(page)) == "old"
    assert eventually(lambda: named(site.get(page)) == "new", SECONDS + 5)
    told = site.get("/readyz/replicas")
    assert told.status == 503
    assert "seconds behind: it is not read from" in told
    assert site.get("/readyz/web").status == 200


def test_it_is_again_once_it_has_caught_up(site):
    assert eventually(lambda: site.get("/readyz/replicas").status == 200)


def test_a_standby_that_stops_is_missed_by_nobody(site, standby, claim):
    assert [site.get(path).status for path in paths(claim)] == [200] * 4
    standby.stop()
    assert [site.get(path).status for path in paths(claim) * 3] == [200] * 12
    assert site.get("/readyz/replicas").status == 503
    assert "Traceback" not in site.said(), site.said()


def test_it_is_read_from_when_it_is_back(site, standby):
    standby.start()
    assert eventually(lambda: site.get("/readyz/replicas").status == 200)


def test_one_that_hangs_holds_nobody_for_long(site, standby, claim):
    with standby.hanging():
        assert [site.get(path).status for path in paths(claim) * 2] == [200] * 8
    assert eventually(lambda: site.get("/readyz/replicas").status == 200)


def write(site, name: str) -> int:
    """Send a message by the contact form; the status of the answer to who looks whether it came."""
    form = {"kind": "other", "text": "Il y a une faute dans cette page.", "name": name,
            "email": "lectrice@journal.example", "address": "", "website": ""}  # fmt: skip
    sent = site.ask(urllib.request.Request(
        f"{site.address}/contact/", urllib.parse.urlencode(form).encode(),
        {"Origin": site.address, "Accept-Language": "fr"},
    ))  # fmt: skip
    assert sent.status == 302, sent.text
    return site.get(sent.headers["Location"]).status


def test_what_is_written_goes_to_the_primary(site, primary):
    assert write(site, "Première") == 200
    assert primary.sql("SELECT name FROM claims_sender") == [("Première",)]


def test_pages_are_read_while_there_is_no_primary(site, primary, standby, claim):
    replayed(primary, standby)
    primary.stop()
    answers = [site.get(path) for path in ("/", f"/claims/{claim[0]}/", "/claims/") * 3]
    assert [answer.status for answer in answers] == [200] * 9
    assert site.get("/readyz/web").status == 200
    assert eventually(lambda: site.get("/").headers["Cache-Control"] == "public, max-age=60")


def test_the_standby_takes_its_place_and_nothing_is_lost(site, standby, claim):
    standby.as_superuser("SELECT pg_promote()")
    assert eventually(lambda: site.get("/readyz/web").status == 200)
    assert eventually(lambda: "Une voix" in site.get(f"/api/v1/claims/{claim[0]}/?include=speaker"))
    assert write(site, "Seconde") == 200
    found = standby.sql("SELECT name FROM claims_sender ORDER BY 1")
    assert found == [("Première",), ("Seconde",)]
