"""The machines that read: processes of this one, or those of a Dask scheduler somewhere.

Whoever reaches a scheduler without TLS runs programs on its workers. So the one begun here listens
on loopback only, with a certificate made for the time it runs; another is spoken to by TLS,
unless it is on loopback.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from urllib.parse import urlsplit

import dask
from distributed import Client, LocalCluster
from distributed.security import Security
from django.utils.translation import gettext as _

from claims.corpus.worker import Constat
from claims.extraction.children import deaf

LOCAL = {
    "distributed.worker.daemon": False,  # Pages are parsed in children of theirs.
    "distributed.scheduler.allowed-failures": 1,
    # Nothing is told by HTTP.
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}
logging.getLogger("distributed").setLevel(logging.CRITICAL)  # Its ways are nobody's business.
BEGINS_WITHIN = 120  # seconds: each loads the pipeline, on a busy machine too


class NoCluster(Exception):
    """Nobody is there to read; the message says why, in a sentence."""


@contextmanager
def local(processes: int) -> Iterator[Client]:
    """So many processes of this machine; they end with it, killed or not."""
    with dask.config.set(LOCAL), deaf():
        cluster = LocalCluster(
            n_workers=processes,
            threads_per_worker=1,
            host="127.0.0.1",
            protocol="tls",
            security=Security.temporary(),
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
        )
        client = Client(cluster)
    with cluster, client:
        client.register_plugin(Constat())
        yield client


@contextmanager
def remote(scheduler: str) -> Iterator[Client]:
    """The workers of the scheduler at ``tls://host:port``; raises NoCluster."""
    address = urlsplit(scheduler)
    if address.scheme not in ("tls", "tcp") or not address.port:
        raise NoCluster(_("A scheduler is named tls://host:port."))
    if address.scheme == "tcp" and not _is_loopback(address.hostname):
        raise NoCluster(
            _(
                "Whoever reaches a scheduler without TLS runs programs on its workers: give it "
                "TLS, and name it tls://… (docs/operators.md)."
            )
        )
    try:
        client = Client(scheduler)
    except TypeError as error:  # Dask calls it so.
        raise NoCluster(
            _("This machine has no certificate for it: set DASK_CONFIG (docs/operators.md).")
        ) from error
    except (OSError, TimeoutError) as error:
        raise NoCluster(
            _("The scheduler %(address)s does not answer.") % {"address": scheduler}
        ) from error
    with client:
        try:
            client.register_plugin(Constat())
        except RuntimeError as error:  # A worker that was begun otherwise than it has to be.
            raise NoCluster(str(error)) from error
        yield client


def wait_for(client: Client) -> int:
    """How many processes read, once there is one; raises NoCluster."""
    try:
        client.wait_for_workers(1, timeout=BEGINS_WITHIN)
    except TimeoutError as error:
        raise NoCluster(_("No worker came to the scheduler.")) from error
    return len(client.nthreads())


def _is_loopback(host: str | None) -> bool:
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False
