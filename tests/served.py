"""This site over real HTTP, reading what a test wrote in its own transaction.

pytest-django's ``live_server`` commits, and empties every table after each test.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections
from django.test.testcases import LiveServerThread, _StaticFilesHandler


class _Server(ThreadedWSGIServer):
    def _close_connections(self):
        """The test goes on with its own."""


class _Thread(LiveServerThread):
    server_class = _Server

    def run(self):
        """As Django's, but that the test's connection stays open."""
        self.httpd = self._create_server(connections_override=self.connections_override)
        self.port = self.httpd.server_address[1]
        self.httpd.set_app(self.static_handler(WSGIHandler()))
        self.is_ready.set()
        self.httpd.serve_forever(0.01)


@contextmanager
def served() -> Iterator[str]:
    """Inside, the site answers at this address; one request at a time."""
    shared = connections["default"]
    thread = _Thread(
        "localhost", static_handler=_StaticFilesHandler, connections_override={"default": shared}
    )
    thread.daemon = True
    # As Django's test client does: a connection that does not commit is taken for a broken one.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    shared.inc_thread_sharing()
    thread.start()
    thread.is_ready.wait()
    try:
        yield f"http://{thread.host}:{thread.port}"
    finally:
        thread.terminate()
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
        shared.dec_thread_sharing()
