"""``manage.py start``: everything between an installation and pages in a browser."""

import errno
import os
import re
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from django.utils.translation import gettext as _
from rich.console import Console

from config.web import Web

# Any fixed number: whoever prepares the database holds this lock of PostgreSQL's.
PREPARING = 20_251_208


class Command(BaseCommand):
    """Prepare the database, load the seeds, make a demo editor, and serve on HOST:PORT."""

    help = __doc__

    def handle(self, **options):
        # Before the work, so that a taken port is known at once and stays ours meanwhile.
        listener = listen(os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000")
        with self.step(_("Starting the database…")):
            connection.ensure_connection()
        with alone():
            with self.step(_("Bringing the tables up to date…")):
                call_command("migrate", verbosity=0, interactive=False)
            if not settings.PRODUCTION:
                call_command("load_seeds")
                self.make_demo_editor()
        connections.close_all()  # The workers are forks, and must not share one.
        Web(listener, lambda address: self.say(_("Constat is at %s") % address)).run()

    def make_demo_editor(self) -> None:
        """An editor to try things with; the password is shown this once."""
        users = get_user_model().objects
        if users.filter(username="demo").exists():
            return
        password = secrets.token_urlsafe(12)
        users.create_superuser("demo", password=password)
        self.say(
            _("Editor “demo”, password %s (shown only this once).") % self.style.SUCCESS(password)
        )

    def say(self, text: str) -> None:
        """Print ``text`` at once: what waits in the buffer would be printed by each fork."""
        self.stdout.write(text)
        self.stdout.flush()

    @contextmanager
    def step(self, text: str) -> Iterator[None]:
        """Show that ``text`` is going on: moving in a terminal, as a line elsewhere."""
        console = Console()
        if console.is_terminal:
            with console.status(text):
                yield
        else:
            self.say(text)
            yield


@contextmanager
def alone() -> Iterator[None]:
    """Hold off another ``start`` on the same database until the block ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [PREPARING])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [PREPARING])


def listen(host: str, port: str) -> socket.socket:
    """A socket that listens, so that the port is ours. Raises CommandError."""
    if not re.fullmatch(r"\d{1,5}", port) or int(port) > 65535:
        raise CommandError(_("PORT must be a number from 0 to 65535, not “%s”.") % port)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, int(port)), family=family, backlog=2048)
        # Inherited by each connection: else the end of an answer may wait 40 ms for the client.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listener
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            message = _("Port {port} of {host} is taken: choose another with PORT=8001 make run.")
        else:
            message = _("Port {port} of {host} cannot be used ({reason}): set HOST and PORT.")
        details = {"host": host, "port": port, "reason": error.strerror}
        raise CommandError(message.format(**details)) from None
