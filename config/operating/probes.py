"""Whether the process lives (``/healthz``) and whether Constat works (``/readyz``), for probes.

They ask by any host name, over plain HTTP and often; and so may anybody, who learns one sentence.
"""

from collections.abc import Callable
from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from config.replica.servers import REPLICAS, chosen, on

SILENCE = 60  # seconds without a heartbeat of any worker; each gives one every five


def probes(get_response: Callable) -> Callable:
    """Middleware, before all other: whatever that asks for (a host, HTTPS) no probe brings."""
    answers = {
        "/healthz": lambda: None,
        "/readyz": lambda: trouble_of_the_web() or trouble_of_the_workers(),
        # For who sends readers here or elsewhere: pages are read without a worker as well.
        "/readyz/web": trouble_of_the_web,
        "/readyz/replicas": trouble_of_the_replicas,
    }

    def middleware(request: HttpRequest) -> HttpResponse:
        if not (answer := answers.get(request.path_info)):
            return get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        trouble = answer()
        return HttpResponse(
            f"{trouble or 'ok'}\n",
            status=503 if trouble else 200,
            content_type="text/plain; charset=utf-8",
            headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"},
        )

    return middleware


def trouble_of_the_web() -> str | None:
    """Why no page can be made now, in a sentence that tells strangers nothing more."""
    try:
        with on(chosen()):
            done = MigrationRecorder(connection).applied_migrations()
    except DatabaseError:
        return "The database cannot be reached."
    return None if needed() <= done.keys() else "Migrations are missing: run manage.py migrate."


def trouble_of_the_workers() -> str | None:
    """Why nothing is done in the background."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT EXISTS (SELECT FROM procrastinate_workers"
                " WHERE last_heartbeat > now() - make_interval(secs => %s))",
                [SILENCE],
            )
            (seen,) = cursor.fetchone()
    except DatabaseError:
        return "The database cannot be reached."
    return None if seen else "No worker was seen in the last minute."


def trouble_of_the_replicas() -> str | None:
    """From which of them no page is read, and why; readers miss nothing."""
    troubles = []
    for number, replica in enumerate(REPLICAS, start=1):
        if replica.is_near():
            continue
        lags = replica.answers() and replica.lag is not None
        told = f"is {replica.lag:.0f} seconds behind" if lags else "does not answer as a replica"
        troubles.append(f"Replica {number} {told}: it is not read from.")
    return " ".join(troubles) or None


@cache
def needed() -> frozenset[tuple[str, str]]:
    """The migrations of this code, as (app, name)."""
    loader = MigrationLoader(None)
    return frozenset(loader.graph.nodes)
