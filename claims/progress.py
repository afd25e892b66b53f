"""A progress bar on the terminal, for what may take longer than two seconds."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from rich.console import Console
from rich.progress import track

T = TypeVar("T")


def progress(items: Sequence[T], description: str) -> Iterator[T]:
    """Yield the items; on a terminal, show on standard error how far it has come."""
    console = Console(stderr=True)
    yield from track(
        items, description, console=console, transient=True, disable=not console.is_terminal
    )
