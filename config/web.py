"""The web server behind ``manage.py start``: gunicorn, in the process that prepared the database.

The same process, so that the embedded server keeps a user all the while. It sees to it that there
is a worker for the background work, too.
"""

import signal
import socket
from collections.abc import Callable

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from config.companion import Companion
from config.operating import metrics

STOPPING = {signal.SIGINT, signal.SIGQUIT, signal.SIGTERM}


class Web(BaseApplication):
    """Serves config.wsgi on a listening socket; calls ``ready`` with the address once it does."""

    def __init__(self, listener: socket.socket, ready: Callable[[str], None]):
        host, port = listener.getsockname()[:2]
        self.address = f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
        self.listener, self.ready = listener, ready
        # Who waits for a page goes first.
        self.worker = Companion("worker", "--with-parent", "--nice", "10")
        super().__init__()

    def load_config(self):
        """Settings: https://gunicorn.org/reference/settings/"""
        for name, value in {
            "bind": f"fd://{self.listener.detach()}",
            "workers": 2,
            "worker_class": "gthread",
            "threads": 4,
            "preload_app": True,  # Once for all workers; and a fault shows before the address.
            "loglevel": "warning",
            "control_socket_disable": True,
            "on_starting": lambda server: metrics.begin(),
            "when_ready": lambda server: self.ready(self.address),
            "post_worker_init": obey_the_arbiter,
        }.items():
            self.cfg.set(name, value)

    def load(self):
        """The application; with the engine, which takes seconds, so that no editor waits for it."""
        import claims.extraction.extractor  # noqa: F401
        from config.wsgi import application

        return application

    def run(self):
        """Serve until told to stop."""
        PatientArbiter(self).run()


class PatientArbiter(Arbiter):
    """Holds signals back from a worker until it can take them, where gunicorn's would lose them."""

    def manage_workers(self):
        """About every second: those of the web, and the one in the background."""
        self.app.worker.see_to()
        super().manage_workers()

    def spawn_worker(self):
        """Returns the worker's process id; in the worker itself, when it ends."""
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
        try:
            return super().spawn_worker()
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)


def obey_the_arbiter(worker) -> None:
    """Let Ctrl-C reach a worker through the arbiter only: told twice, it would complain."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
