"""DATABASE_URL: what is read from it, and what is said when it cannot be."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import postgres

ROOT = Path(__file__).parents[2]
URL = "postgresql://ada:s%3Fcret@db.example:6432/facts"


def entry(url: str, tmp_path) -> dict:
    return postgres.database(url, tmp_path)


def test_an_address_gives_every_part_of_the_entry(tmp_path):
    read = entry(URL, tmp_path)
    names = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")
    assert [read[name] for name in names] == [
        "config.kept",
        "facts",
        "ada",
        "s?cret",
        "db.example",
        "6432",
    ]


def test_the_short_scheme_is_read_too(tmp_path):
    assert entry("postgres://db.example/facts", tmp_path)["HOST"] == "db.example"


def test_parameters_become_options(tmp_path):
    assert entry(URL + "?sslmode=require", tmp_path)["OPTIONS"]["sslmode"] == "require"


def test_a_silent_server_is_given_up_after_ten_seconds(tmp_path):
    assert entry(URL, tmp_path)["OPTIONS"]["connect_timeout"] == "10"


def test_the_time_to_give_up_can_be_chosen(tmp_path):
    assert entry(URL + "?connect_timeout=2", tmp_path)["OPTIONS"]["connect_timeout"] == "2"


def test_a_machine_that_falls_silent_is_noticed(tmp_path):
    options = entry(URL, tmp_path)["OPTIONS"]
    idle, interval, count = (
        int(options[f"keepalives_{name}"]) for name in ("idle", "interval", "count")
    )
    assert idle + interval * count <= 30
    assert int(options["tcp_user_timeout"]) <= 30_000


def test_a_socket_folder_can_be_the_host(tmp_path):
    assert entry("postgresql:///facts?host=/run/postgresql", tmp_path)["HOST"] == "/run/postgresql"


def test_several_hosts_are_passed_on(tmp_path):
    assert entry("postgresql://a:1,b:2/facts", tmp_path)["PORT"] == "1,2"


def test_a_service_needs_no_name(tmp_path):
    assert entry("postgresql://?service=facts", tmp_path)["OPTIONS"]["service"] == "facts"


@pytest.mark.parametrize("url", [None, "", "  "])
def test_without_an_address_the_embedded_server_is_used(url, tmp_path):
    assert entry(url, tmp_path)["ENGINE"] == "config.engine"


def test_reading_the_settings_starts_no_server(tmp_path):
    entry(None, tmp_path / "postgres")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("url", ["mysql://ada:secret@db/facts", "sqlite:///facts", "facts"])
def test_another_database_is_refused(url, tmp_path):
    with pytest.raises(ImproperlyConfigured, match="must begin with postgresql://"):
        entry(url, tmp_path)


def test_an_address_without_a_database_is_refused(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="names no database"):
        entry("postgresql://ada:secret@db.example", tmp_path)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ada:se@cret@db.example/facts",
        "postgresql://ada:se/cret@db.example/facts",
        "postgresql://ada:1234/cret@db.example/facts",
        "postgresql://ada:secret%@db.example/facts",
        "postgresql://ada:secret@[::1/facts",
        "postgresql://ada:secret@db.example:port/facts",
        "postgresql://ada:secret@db.example/facts?nonsense=secret",
    ],
)
def test_an_unreadable_address_is_refused_without_repeating_it(url, tmp_path):
    with pytest.raises(ImproperlyConfigured, match="must look like") as refusal:
        entry(url, tmp_path)
    assert "cret" not in str(refusal.value)


def test_behind_a_pooler_no_statement_is_kept_by_the_server():
    assert postgres.pooler(URL)["OPTIONS"]["prepare_threshold"] is None


def test_replicas_are_separated_by_spaces():
    found = postgres.replicas(f"{URL}  postgresql://a:1,b:2/facts", pooled=False)
    assert {alias: entry["HOST"] for alias, entry in found.items()} == {
        "replica_1": "db.example",
        "replica_2": "a,b",
    }


def test_a_replica_that_is_silent_is_given_up_sooner():
    (entry,) = postgres.replicas(URL, pooled=True).values()
    assert (entry["OPTIONS"]["connect_timeout"], entry["OPTIONS"]["prepare_threshold"]) == (
        "2",
        None,
    )


@pytest.mark.parametrize(
    ("read", "variable"),
    [
        (postgres.pooler, "CONSTAT_POOLER_URL"),
        (lambda url: postgres.replicas(url, pooled=False), "CONSTAT_REPLICA_URL"),
    ],
)
def test_what_cannot_be_read_is_refused_by_the_name_of_its_variable(read, variable):
    with pytest.raises(ImproperlyConfigured, match=f"^{variable} must begin") as refusal:
        read("mysql://ada:secret@db/facts")
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(("begun", "host"), [("config.wsgi", "pooler"), ("config.settings", "db")])
def test_only_the_web_server_comes_through_the_pooler(begun, host):
    told = subprocess.run(
        [sys.executable, "-c", f"import {begun}; from django.conf import settings;"
         " print(settings.DATABASES['default']['HOST'])"],
        cwd=ROOT, capture_output=True, text=True, check=True,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings",
                          "DATABASE_URL": "postgresql://a@db/b",
                          "CONSTAT_POOLER_URL": "postgresql://a@pooler/b"},
    )  # fmt: skip
    assert told.stdout.strip() == host
