"""``/metrics``: who reads it, and what it tells."""

from ipaddress import ip_network

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from config.operating import metrics
from config.replica.servers import Server
from tests.factories import ClaimFactory, FetchFactory

TOKEN = "un-jeton-de-test-qui-ne-protege-rien-01"


@pytest.fixture
def open_to(settings, monkeypatch, tmp_path):
    """Figures are kept, for who has the token or asks from a network."""
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    settings.METRICS_TOKEN = TOKEN
    settings.METRICS_FROM = [ip_network("10.0.0.0/8")]


def read(client) -> dict[str, dict[str, float]]:
    """Value by label by name."""
    answer = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    found = {}
    for family in text_string_to_metric_families(answer.content.decode()):
        for sample in family.samples:
            label = " ".join(sample.labels.values())
            found.setdefault(sample.name, {})[label] = sample.value
    return found


@pytest.mark.django_db
def test_there_is_no_such_page_where_nothing_is_set(client):
    assert client.get("/metrics").status_code == 404


@pytest.mark.django_db
def test_nor_for_strangers(client, open_to):
    assert client.get("/metrics").status_code == 404
    for sent in ("Bearer wrong", f"Basic {TOKEN}", "Bearer", TOKEN):
        assert client.get("/metrics", headers={"authorization": sent}).status_code == 404


@pytest.mark.django_db
def test_the_token_opens_it(client, open_to):
    answer = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_so_does_a_network_of_ours(client, open_to):
    assert client.get("/metrics", REMOTE_ADDR="10.1.2.3").status_code == 200


@pytest.mark.django_db
def test_behind_a_proxy_its_address_is_not_the_one_that_counts(client, open_to, settings):
    settings.PROXIES = 1
    forwarded = {"X-Forwarded-For": "10.0.0.9, 192.0.2.77"}
    assert client.get("/metrics", headers=forwarded, REMOTE_ADDR="10.1.2.3").status_code == 404


@pytest.mark.django_db
def test_jobs_claims_fetches_and_connections_are_told(client, open_to):
    ClaimFactory.create_batch(3)
    FetchFactory(outcome="failed", reason="Fermé", at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE claims_claim")
        cursor.execute("DELETE FROM procrastinate_jobs")
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, args, attempts)"
            " VALUES ('default', 'x', 'todo', '{}', 0), ('default', 'x', 'failed', '{}', 1)"
        )
        cursor.execute("UPDATE procrastinate_events SET at = now() - interval '90 s'")
    found = read(client)
    assert found["constat_jobs"] == {"todo": 1, "failed": 1}
    assert found["constat_job_age_seconds"][""] == pytest.approx(90, abs=5)
    assert found["constat_claims"] == {"candidate": 3}
    assert found["constat_fetches_last_hour"] == {"failed": 1}
    assert found["constat_database_connections"]["active"] >= 1
    assert found["constat_database_connections_most"][""] >= 20
    assert found["constat_database_up"][""] == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("lag", "read_from"), [(0.25, 1), (60, 0)])
def test_how_far_replicas_are_behind_is_told(client, open_to, monkeypatch, lag, read_from):
    replica = Server("replica_1")
    monkeypatch.setattr(replica, "answers", lambda: True)
    monkeypatch.setattr(replica, "ask", lambda: lag)
    monkeypatch.setattr(metrics, "REPLICAS", [replica])
    found = read(client)
    assert found["constat_replica_lag_seconds"] == {"1": lag}
    assert found["constat_replica_read"] == {"1": read_from}


def test_without_a_database_that_is_told(client, open_to, monkeypatch):
    def refuse(*_):
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", refuse)
    assert read(client)["constat_database_up"] == {"": 0}


@pytest.mark.django_db
@pytest.mark.parametrize("query", [metrics.AGE, metrics.FETCHES, metrics.JOBS])
def test_each_question_has_its_index(query):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {query}", {"most": 10})
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Seq Scan" not in plan, plan
