"""An empty database, for the time of a benchmark."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console


@contextmanager
def empty_database(console: Console | None = None) -> Iterator[None]:
    """Beside the one there is, and dropped afterwards; Django is set up."""
    from django.test.runner import DiscoverRunner

    runner = DiscoverRunner(verbosity=0, interactive=False)
    with (console or Console(quiet=True)).status("An empty database…"):
        databases = runner.setup_databases()
    try:
        yield
    finally:
        runner.teardown_databases(databases)
