"""The one database: PostgreSQL, at the address in ``DATABASE_URL`` or embedded (config/engine);
its replicas, and the pooler before them."""

import re
from pathlib import Path

import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

from config.engine import server

# A page that is read here and there costs hardly more than the next one: it is in memory, or on a
# disk that does not turn. With the usual 4 a search for a rarer word reads a large table whole.
NEARBY = "-c random_page_cost=1.1"
# Each thread that serves keeps its connection (config/kept). Django's pool was set aside: its
# threads do not survive the fork of a web worker, and a wrong address shows only after 30 seconds
# of retries.
PERSISTENT = {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
# A machine that falls silent is noticed within half a minute, not after the kernel's two hours.
NOTICED = {
    "connect_timeout": "10",
    "tcp_user_timeout": "10000",  # milliseconds
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
}
# Statements that are asked so often are kept by the database (sources/prepared.py).
OPTIONS = {**NOTICED, "prepare_threshold": 5}
# Behind a pooler another server process may answer each transaction: none keeps anything for us.
POOLED = {"prepare_threshold": None}
# A replica that does not answer at once is not waited for: the primary is asked.
REPLICA = {"connect_timeout": "2", "tcp_user_timeout": "3000"}

# Whether this process is a web server (config/wsgi.py), which may come through a pooler.
serves = False


def database(url: str | None, folder: Path) -> dict:
    """The ``DATABASES`` entry for ``url``, or without one for the server kept in ``folder``.

    ``url`` is what libpq reads, ``postgresql://user:password@host:5432/name?sslmode=require``.
    Starts nothing. Raises ImproperlyConfigured, in words that never hold the password.
    """
    return _at(url.strip(), "DATABASE_URL") if url and url.strip() else _embedded(folder)


def pooler(url: str) -> dict:
    """The entry for a pooler in transaction mode; raises as ``database`` does."""
    return _at(url, "CONSTAT_POOLER_URL", pooled=True)


def replicas(urls: str, *, pooled: bool) -> dict[str, dict]:
    """The entries for replicas, by alias; their addresses are separated by spaces."""
    return {
        f"replica_{number}": _at(url, "CONSTAT_REPLICA_URL", pooled=pooled, usual=REPLICA)
        | {"TEST": {"MIRROR": "default"}}
        for number, url in enumerate(urls.split(), start=1)
    }


def _embedded(folder: Path) -> dict:
    return {
        "ENGINE": "config.engine",
        "FOLDER": folder,
        "NAME": "constat",
        "USER": "constat",
        "HOST": str(server.socket_folder(folder)),
        "PORT": server.PORT,
        "OPTIONS": {**OPTIONS, "options": NEARBY},
        **PERSISTENT,
    }


def _at(url: str, variable: str, *, pooled: bool = False, usual: dict | None = None) -> dict:
    if not re.match(r"postgres(ql)?://", url):
        raise ImproperlyConfigured(f"{variable} must begin with postgresql:// (no other database)")
    try:
        options = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        # libpq's own message may quote the password.
        raise _malformed(variable) from None
    host, port = options.pop("host", ""), options.pop("port", "")
    name = options.pop("dbname", "")
    # An unescaped character of the password ends up in one of these, and then in a message.
    if "@" in host + name or not re.fullmatch(r"[\d,]*", port):
        raise _malformed(variable)
    if not name and "service" not in options:
        raise ImproperlyConfigured(f"{variable} names no database: end it with /name")
    return {
        "ENGINE": "config.kept",
        "NAME": name,
        "USER": options.pop("user", ""),
        "PASSWORD": options.pop("password", ""),
        "HOST": host,
        "PORT": port,
        "OPTIONS": OPTIONS | (usual or {}) | (POOLED if pooled else {}) | options,
        "POOLED": pooled,
        **PERSISTENT,
    }


def _malformed(variable: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"{variable} cannot be read: it must look like postgresql://user:password@host:5432/name, "
        "with signs such as @ : / % in the password percent-encoded"
    )
