"""A backup, put back into another database: every table row by row, and a site that works."""

import hashlib
import os
import re
import resource
import shutil
from contextlib import contextmanager
from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import translation

from claims.models import Claim
from claims.protected import keep_source
from claims.sync import nightly
from config.backup import contents, manifest, programs
from config.backup.contents import Table
from config.backup.failure import Failure
from config.backup.make import _lock, forget, make
from config.backup.restore import compare
from tests.emptying import empty
from tests.factories import ClaimFactory, EvidenceFactory, VerificationFactory

OTHER, DUMP = "constat_restored", "20261101T020000Z"
BELONGING = {
    "triggers": "SELECT tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger"
    " WHERE NOT tgisinternal ORDER BY 1, 2",
    "sequences": "SELECT schemaname, sequencename, last_value FROM pg_sequences ORDER BY 1, 2",
    "indexes": "SELECT schemaname, indexname, indexdef FROM pg_indexes"
    " WHERE schemaname <> 'pg_catalog' ORDER BY 1, 2",
    "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)"
    " FROM pg_constraint WHERE connamespace <> 'pg_catalog'::regnamespace ORDER BY 1, 2, 3",
    "views": "SELECT schemaname, viewname, definition FROM pg_views"
    " WHERE schemaname IN ('public', 'past') ORDER BY 1, 2",
    "policies": "SELECT tablename, policyname, qual FROM pg_policies ORDER BY 1, 2",
}


@contextmanager
def connected_to(name: str):
    """Inside, Constat's database is another one of the same server."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def every_row() -> dict[str, str]:
    """A digest of each table, all its rows in order: not the way the backup looks at them."""
    found = {}
    with contents.at_one_moment() as cursor:
        for name in contents.tables(cursor):
            cursor.execute(f"SELECT t::text FROM {name} t ORDER BY 1")
            rows = [row for (row,) in cursor.fetchall()]
            found[name] = f"{len(rows)} {hashlib.sha256(repr(rows).encode()).hexdigest()}"
    return found


def rows_of(query: str) -> list[tuple]:
    with contents.at_one_moment() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def as_said(query: str) -> list[str]:
    """Read again, a definition is the same with other brackets and casts."""
    return [re.sub(r"::[a-z ]+(\[\])?|[()]", "", str(row)) for row in rows_of(query)]


@pytest.fixture(scope="module")
def dumps(tmp_path_factory):
    """The folder of the nightly dumps, with one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nightly, "FOLDER", tmp_path_factory.mktemp("data") / "dumps")
        (nightly.FOLDER / DUMP).mkdir(parents=True)
        (nightly.FOLDER / DUMP / "claims.jsonl").write_text("{}\n")
        yield nightly.FOLDER


@pytest.fixture(scope="module")
def record(django_db_setup, django_db_blocker):
    """Rows of what is special, committed: text that must be escaped, a history, what is hidden."""
    assert connection.settings_dict["NAME"].startswith("test_")
    with django_db_blocker.unblock():
        try:
            ClaimFactory(quote="La maire a promis « deux écoles » ;\n\\N\t'ou trois'.")
            VerificationFactory(published=True)
            keep_source(EvidenceFactory(document=None, protected=True).pk, "Camille", "06")
            sql("INSERT INTO procrastinate_workers DEFAULT VALUES")
            yield
        finally:
            empty()


@pytest.fixture(scope="module")
def original(record) -> dict:
    """What the database holds, as the restored one must."""
    return {"rows": every_row(), **{name: as_said(query) for name, query in BELONGING.items()}}


@pytest.fixture(scope="module")
def backup(original, dumps, tmp_path_factory):
    return make(tmp_path_factory.mktemp("backups"), None, lambda *_: None)


@pytest.fixture(scope="module")
def restored(backup):
    """The name of a database that was empty, after a restore."""
    sql(f"DROP DATABASE IF EXISTS {OTHER}")
    sql(f"CREATE DATABASE {OTHER}")
    (nightly.FOLDER / DUMP / "claims.jsonl").unlink()
    (nightly.FOLDER / DUMP).rmdir()
    with connected_to(OTHER):
        call_command("restore", backup, stdout=StringIO())
    yield OTHER
    sql(f"DROP DATABASE {OTHER}")


@pytest.fixture
def elsewhere(restored, django_db_blocker):
    """Constat on what was restored."""
    with django_db_blocker.unblock(), connected_to(restored):
        yield


def test_every_row_of_every_table_is_there(elsewhere, original):
    assert len(original["rows"]) > 100
    assert every_row() == original["rows"]


def test_what_is_hidden_from_others_is_among_them(elsewhere):
    assert rows_of("SELECT identity FROM claims_protectedsource") == [("Camille",)]


@pytest.mark.parametrize("what", BELONGING)
def test_so_is_what_belongs_to_the_tables(elsewhere, original, what):
    assert original[what]
    assert as_said(BELONGING[what]) == original[what]


def test_the_dumps_that_readers_were_told_of_are_there_again(restored):
    assert (nightly.FOLDER / DUMP / "claims.jsonl").read_text() == "{}\n"


def test_the_site_works(elsewhere):
    claim = Claim.objects.get(status=Claim.Status.ACCEPTED)
    assert Client().get("/readyz").status_code == 200
    assert claim.quote in Client().get(claim.get_absolute_url()).content.decode()


def test_its_history_goes_on(elsewhere):
    events = "SELECT count(*) FROM claims_claimevent"
    ((before,),) = rows_of(events)
    ClaimFactory()
    assert rows_of(events) == [(before + 1,)]


def test_what_is_not_empty_is_left_as_it_is(backup, django_db_blocker, original):
    with django_db_blocker.unblock():
        with pytest.raises(CommandError, match="--force"), translation.override("en"):
            call_command("restore", backup)
        assert every_row() == original["rows"]


def test_it_is_emptied_when_told_to(elsewhere, backup, original):
    sql("CREATE TABLE left_over (id int); INSERT INTO left_over VALUES (1)")
    call_command("restore", backup, force=True, stdout=StringIO())
    assert every_row() == original["rows"]


@pytest.mark.parametrize("file", ["database.dump", "manifest.json"])
def test_a_damaged_backup_is_refused_before_anything_is_done(backup, tmp_path, file):
    copy = shutil.copytree(backup, tmp_path / "copy")
    with (copy / file).open("r+b") as damaged:
        damaged.seek(200)
        damaged.write(b"damaged")
    with pytest.raises(Failure):
        manifest.read(copy)


def test_what_came_back_otherwise_is_told_by_its_name(elsewhere, backup):
    backed_up = manifest.read(backup)
    rows, digest = backed_up.tables["public.claims_claim"]
    for wrong in (Table(rows + 1, digest), Table(rows, digest + "1")):
        tables = {**backed_up.tables, "public.claims_claim": wrong}
        with pytest.raises(Failure, match=r"public\.claims_claim"):
            compare(replace(backed_up, tables=tables), lambda: None)


def test_the_digest_of_a_table_tells_of_each_change(record, django_db_blocker):
    with django_db_blocker.unblock(), contents.at_one_moment() as cursor:
        cursor.execute("END; BEGIN; CREATE TEMP TABLE t (a text, b text)")
        seen = set()
        for values in ("('1', '2')", "('2', '1')", "('1', '2'), ('1', '2')", "(NULL, '12')"):
            cursor.execute(f"TRUNCATE t; INSERT INTO t VALUES {values}")
            cursor.execute(contents.ROWS.format(table="t"))
            seen.add(cursor.fetchone())
    assert len(seen) == 4


def test_nothing_unfinished_has_the_name_of_a_backup(record, tmp_path, monkeypatch):
    monkeypatch.setattr("config.backup.programs.environment", lambda: {"PGHOST": "/nowhere"})
    with pytest.raises(Failure, match="pg_dump"):
        make(tmp_path, None, lambda *_: None)
    assert not list(tmp_path.iterdir())


def test_where_no_room_is_left_nothing_stays(record, tmp_path):
    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, most[1]))
    try:
        with pytest.raises(Failure, match="pg_dump"):
            make(tmp_path, None, lambda *_: None)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, most)
    assert not list(tmp_path.iterdir())


def test_what_was_broken_off_goes_and_what_is_being_written_stays(record, tmp_path, monkeypatch):
    killed, written = tmp_path / ".constat-20261101T020000Z", tmp_path / ".constat-20261102T020000Z"
    for path in (killed, written):
        path.mkdir()
    lock = _lock(written)
    monkeypatch.setattr("config.backup.programs.environment", lambda: {"PGHOST": "/nowhere"})
    with pytest.raises(Failure):
        make(tmp_path, None, lambda *_: None)
    os.close(lock)
    assert list(tmp_path.iterdir()) == [written]


def test_others_may_not_read_it(backup):
    assert backup.stat().st_mode & 0o077 == 0


def test_the_latest_are_kept(tmp_path):
    for day in range(1, 5):
        (tmp_path / f"constat-2026110{day}T020000Z").mkdir()
        (tmp_path / f"constat-2026110{day}T020000Z" / "manifest.json").touch()
    (tmp_path / "constat-20261105T020000Z").mkdir()  # No manifest: it is no backup.
    (tmp_path / "else").mkdir()
    forget(tmp_path, 2)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "constat-20261103T020000Z",
        "constat-20261104T020000Z",
        "constat-20261105T020000Z",
        "else",
    ]


@pytest.mark.django_db  # One test must say so: else pytest-django makes no database for the others.
def test_no_password_is_among_the_arguments_of_a_program(monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", "zsecret")
    assert programs.environment()["PGPASSWORD"] == "zsecret"


def test_programs_older_than_the_server_are_not_taken(english):
    with pytest.raises(Failure, match="version 99 or later"):
        programs.of(99)
