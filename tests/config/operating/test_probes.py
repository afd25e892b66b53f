"""``/healthz`` and ``/readyz``: asked by whoever, however, and what they tell."""

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from config.operating import probes


@pytest.fixture
def worker(db):
    """One that gave a heartbeat just now."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")


@pytest.fixture
def away(monkeypatch):
    """The database is: a connection fails with what no stranger should read."""

    def refuse(*_):
        raise OperationalError("connection to 10.0.0.7 failed for user constat")

    monkeypatch.setattr(connection, "ensure_connection", refuse)
    monkeypatch.setattr(connection, "cursor", refuse)


def test_a_process_that_answers_is_healthy_and_asks_no_database(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_it_is_ready_with_a_database_its_migrations_and_a_worker(client, worker):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.parametrize("path", ["/readyz", "/readyz/web"])
def test_without_a_database_it_is_not_ready_and_tells_no_details(client, away, path):
    answer = client.get(path)
    assert (answer.status_code, answer.content) == (503, b"The database cannot be reached.\n")


@pytest.mark.parametrize("path", ["/readyz", "/readyz/web"])
def test_with_a_migration_missing_it_is_not_ready(client, worker, path):
    MigrationRecorder(connection).migration_qs.filter(app="claims").last().delete()
    answer = client.get(path)
    assert answer.status_code == 503
    assert b"Migrations are missing" in answer.content


def test_an_older_code_is_ready_with_the_migrations_of_a_newer_one(client, worker):
    MigrationRecorder(connection).record_applied("claims", "9999_of_tomorrow")
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_without_any_worker_it_is_not_ready_but_its_pages_are(client):
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert b"No worker was seen" in answer.content
    assert client.get("/readyz/web").status_code == 200


def test_nor_with_one_that_fell_silent(client, worker):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - make_interval(secs => %s)",
            [probes.SILENCE],
        )
    assert client.get("/readyz").status_code == 503


def test_any_host_over_plain_http_is_answered_on_a_public_site(client, settings, worker):
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = True, ["constat.example"]
    for path in ("/healthz", "/readyz"):
        assert client.get(path, headers={"host": "10.1.2.3:8000"}).status_code == 200


def test_answers_are_kept_by_no_cache_and_begin_no_session(client, worker):
    for path in ("/healthz", "/readyz"):
        answer = client.get(path)
        assert answer["Cache-Control"] == "no-store"
        assert not answer.cookies


def test_nothing_is_sent_to_them(client):
    assert client.post("/healthz").status_code == 405


def test_it_costs_three_queries(client, worker, django_assert_num_queries):
    probes.needed()
    with django_assert_num_queries(3):  # Django asks first whether the table of migrations exists.
        client.get("/readyz")
