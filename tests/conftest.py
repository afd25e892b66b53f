import gc
import json
import os
import re
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection
from django.test import TransactionTestCase
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone, translation

BASELINE = Path(__file__).parent / "query_counts.json"

# Else what one test left for a moment is counted, and the next ones are answered by it.
NEVER_COUNTED = """
DO $$
DECLARE its text;
BEGIN
  FOR its IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('ALTER TABLE %I SET (autovacuum_analyze_threshold = 2147483647)', its);
  END LOOP;
END $$
"""


def pytest_addoption(parser, pluginmanager):
    # The language engine's tests also run without Django (-p no:django).
    if not pluginmanager.has_plugin("django"):
        parser.addini("DJANGO_SETTINGS_MODULE", "means nothing without pytest-django")


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """What is imported and collected stays to the end: no garbage is looked for in it."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """No commit waits for the disk: what a failure of power would lose, no test misses."""
    options = connection.settings_dict["OPTIONS"]
    options["options"] = f"{options.get('options', '')} -c synchronous_commit=off"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """As ever; but quick at what each test would spend most of its time on."""
    from whitenoise.middleware import WhiteNoiseMiddleware

    from tests.emptying import empty

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(NEVER_COUNTED)

    list_files, listed = WhiteNoiseMiddleware.add_files_from_finders, {}

    def list_once(middleware):
        """Each client has middleware of its own."""
        if not listed:
            list_files(middleware)
            listed.update(middleware.files)
        middleware.files |= listed

    quick = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # A page that one test asked for would be kept for the next: none of their changes is committed.
    usual = {"PASSWORD_HASHERS": quick, "KEPT_BYTES": 0}
    with pytest.MonkeyPatch.context() as patch, override_settings(**usual):
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _test: empty())
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", list_once)
        yield


@pytest.fixture(scope="module", autouse=True)
def _counted_no_longer(request):
    """What PostgreSQL counted stays when the rows of a test are gone, and so do their places: the
    next tests would be planned for so many, and read past them."""
    counts = re.search(r"ANALYZE|tests\.plans", Path(request.module.__file__).read_text("utf-8"))
    blocker = request.getfixturevalue("django_db_blocker") if counts else None
    yield
    if blocker:
        with blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


@pytest.fixture(autouse=True)
def _no_language_left():
    """A request in English leaves its thread in English: not for the next test."""
    yield
    translation.deactivate()


@pytest.fixture
def english():
    """Messages in English."""
    with translation.override("en"):
        yield


@pytest.fixture
def open_loopback(monkeypatch, settings):
    """127.0.0.1 counts as public, as the host of ``web``; nothing else of this machine does."""
    from sources.fetching import addresses
    from tests.web import Web

    is_public = addresses.is_public
    monkeypatch.setattr(addresses, "is_public", lambda ip: str(ip) == "127.0.0.1" or is_public(ip))
    monkeypatch.setattr(addresses, "look_up", lambda host, port: {Web.host: ["127.0.0.1"]}[host])
    settings.FETCH_DELAY = 0


@pytest.fixture
def web(open_loopback, monkeypatch):
    """A web server on this machine that may be fetched from."""
    from sources.fetching import addresses
    from tests.web import Web

    server = Web()
    monkeypatch.setattr(addresses, "PORTS", addresses.PORTS | {server.port})
    yield server
    server.close()


@pytest.fixture
def counted_queries():
    """``with counted_queries("home page"):`` — as many queries as the committed baseline says.

    A failure prints the SQL. UPDATE_QUERY_COUNTS=1 writes what was counted instead.
    """

    @contextmanager
    def count(name: str):
        from claims.client import known_salt

        known_salt(timezone.localdate())  # Each process reads it once a day.
        with CaptureQueriesContext(connection) as captured:
            yield
        counts = json.loads(BASELINE.read_text())
        if os.environ.get("UPDATE_QUERY_COUNTS") == "1":
            counts[name] = len(captured)
            BASELINE.write_text(json.dumps(dict(sorted(counts.items())), indent=2) + "\n")
            return
        sql = "\n".join(query["sql"] for query in captured.captured_queries)
        assert len(captured) == counts.get(name), f"{name}: {len(captured)} queries:\n{sql}"

    return count


@pytest.fixture
def queue(transactional_db, monkeypatch):
    """The queue of the background work, empty; in real transactions, as a worker needs them."""
    # The threads of a worker end with the test, and so must their connections.
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
