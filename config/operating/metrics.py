"""Figures for Prometheus at ``/metrics``: for who has the token, or asks from a network of ours.

What requests are counted is that of all processes of this web server; the rest is asked of the
database when the figures are read, in queries that end at a bound however much there is.
"""

import os
import time
from collections.abc import Callable, Iterator
from hmac import compare_digest
from ipaddress import ip_address
from pathlib import Path

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram
from prometheus_client import generate_latest as written
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from claims.client import client_address
from config.operating.requests import route
from config.replica.servers import REPLICAS

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)  # seconds
MOST = 10_000  # of what is counted row by row

# How many jobs wait and may be done now, or failed? Counted no further than MOST.
JOBS = """
SELECT 'todo', count(*) FROM (
    SELECT FROM procrastinate_jobs
    WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now()) LIMIT %(most)s
) _
UNION ALL
SELECT status, count(*) FROM (
    SELECT 'doing' AS status FROM procrastinate_jobs WHERE status = 'doing' LIMIT %(most)s
) _ GROUP BY status
UNION ALL
SELECT 'failed', count(*) FROM (
    SELECT FROM procrastinate_jobs WHERE status = 'failed' LIMIT %(most)s
) _
"""
# Since when does the one wait that is next in line, of those of usual urgency or more?
AGE = """
SELECT coalesce(extract(epoch FROM now() - min(coalesce(scheduled_at, at))), 0)::float
FROM (
    SELECT id, scheduled_at FROM procrastinate_jobs
    WHERE status = 'todo' AND priority >= 0 AND (scheduled_at IS NULL OR scheduled_at <= now())
    ORDER BY priority DESC, id LIMIT 1
) job
LEFT JOIN procrastinate_events ON job_id = job.id AND type = 'deferred'
"""
# How are claims spread, by PostgreSQL's own statistics? Nobody counts a million of them for this.
CLAIMS = """
SELECT value, round(share * reltuples)::float
FROM pg_stats, pg_class,
    LATERAL unnest(most_common_vals::text::text[], most_common_freqs) AS common (value, share)
WHERE tablename = 'claims_claim' AND attname = 'status' AND schemaname = 'public'
    AND pg_class.oid = 'claims_claim'::regclass AND reltuples >= 0
"""
# What came of the fetches of the last hour?
FETCHES = """
SELECT outcome, count(*) FROM (
    SELECT outcome FROM sources_fetch WHERE at > now() - interval '1 hour'
    ORDER BY at DESC LIMIT %(most)s
) _ GROUP BY outcome
"""
CONNECTIONS = """
SELECT coalesce(state, 'other'), count(*) FROM pg_stat_activity
WHERE datname = current_database() GROUP BY 1
"""
CONNECTIONS_MOST = "SELECT current_setting('max_connections')::int"
WORKERS = """
SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '1 minute'
"""


class Metrics:
    """Middleware: counts and times every request, and answers ``/metrics`` to whom it may."""

    def __init__(self, get_response: Callable):
        if not settings.METRICS_TOKEN and not settings.METRICS_FROM:
            raise MiddlewareNotUsed
        self.get_response = get_response
        folder().mkdir(parents=True, exist_ok=True)
        registry = CollectorRegistry()  # What is kept in files needs no place in a registry.
        self.requests = Counter(
            "constat_requests", "Requests answered.", ["method", "route", "status"],
            registry=registry,
        )  # fmt: skip
        self.seconds = Histogram(
            "constat_request_seconds", "Time to an answer.", ["route"], buckets=BUCKETS,
            registry=registry,
        )  # fmt: skip

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == "/metrics" and may_read(request):
            return answer(request)
        began = time.perf_counter()
        response = self.get_response(request)
        method = request.method if request.method in METHODS else "other"
        self.requests.labels(method, route(request), response.status_code).inc()
        self.seconds.labels(route(request)).observe(time.perf_counter() - began)
        return response


def begin() -> None:
    """A web server starts: what its predecessors left is none of its figures."""
    if settings.METRICS_TOKEN or settings.METRICS_FROM:
        for path in folder().glob("*.db"):
            path.unlink()


def folder() -> Path:
    """Where each process keeps its figures."""
    return Path(os.environ["PROMETHEUS_MULTIPROC_DIR"])


def may_read(request: HttpRequest) -> bool:
    """To anybody else there is no such page."""
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    if settings.METRICS_TOKEN and kind.lower() == "bearer":
        return compare_digest(token.strip().encode(), settings.METRICS_TOKEN.encode())
    try:
        asking = ip_address(client_address(request))
    except ValueError:
        return False
    return any(asking in network for network in settings.METRICS_FROM)


def answer(request: HttpRequest) -> HttpResponse:
    """All figures, in Prometheus's text form."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(folder()))
    registry.register(OfDatabase())
    return HttpResponse(
        written(registry),
        content_type=CONTENT_TYPE_LATEST,
        headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"},
    )


class OfDatabase(Collector):
    """What the database says of itself and of the work."""

    def describe(self) -> list:
        """Nothing is asked for before the figures are."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Whatever can be asked; without a database, that there is none."""
        try:
            found = list(_asked())
        except DatabaseError:
            found = []
        yield GaugeMetricFamily(
            "constat_database_up", "Whether the database answers.", value=bool(found)
        )
        yield from found
        yield from _of_replicas()


BOUND = f"counted up to {MOST}"
FIGURES = (
    ("jobs", f"Jobs that wait and are due, are at work, or failed, {BOUND}.", "status", JOBS),
    ("job_age_seconds", "How long the next job has been waiting.", None, AGE),
    ("workers", "Workers seen in the last minute.", None, WORKERS),
    ("claims", "Claims, by PostgreSQL's estimate.", "status", CLAIMS),
    ("fetches_last_hour", f"Fetches of the last hour, {BOUND}.", "outcome", FETCHES),
    ("database_connections", "Connections to the database.", "state", CONNECTIONS),
    ("database_connections_most", "How many its server admits.", None, CONNECTIONS_MOST),
)


def _asked() -> Iterator[GaugeMetricFamily]:
    with connection.cursor() as cursor:
        for name, told, label, query in FIGURES:
            family = GaugeMetricFamily(f"constat_{name}", told, labels=[label] if label else None)
            cursor.execute(query, {"most": MOST})
            for *labels, value in cursor.fetchall():
                family.add_metric(labels, value)
            yield family


def _of_replicas() -> Iterator[GaugeMetricFamily]:
    read = GaugeMetricFamily("constat_replica_read", "Whether it is read from.", labels=["replica"])
    lag = GaugeMetricFamily(
        "constat_replica_lag_seconds", "How far behind it is.", labels=["replica"]
    )
    for number, replica in enumerate(REPLICAS, start=1):
        read.add_metric([str(number)], replica.is_near())
        if replica.lag is not None:
            lag.add_metric([str(number)], replica.lag)
    yield from (read, lag)
