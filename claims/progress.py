"""A progress bar on the terminal, for what may take longer than two seconds."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from django.core.management.base import OutputWrapper
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
    track,
)
from rich.text import Text

T = TypeVar("T")


def progress(items: Sequence[T], description: str) -> Iterator[T]:
    """Yield the items; on a terminal, show on standard error how far it has come."""
    console = Console(stderr=True)
    yield from track(
        items, description, console=console, transient=True, disable=not console.is_terminal
    )


class Bar:
    """How far something has come that counts as it goes on, and lines written meanwhile."""

    def __init__(self, shown: Progress, description: str) -> None:
        self.shown = shown
        self.task = shown.add_task(description, total=1, count=0)

    def move(self, through: float, more: int = 1) -> None:
        """So many more, and so far through all there is: from 0 to 1. It never goes back."""
        task = self.shown.tasks[self.task]
        self.shown.update(
            self.task, completed=max(task.completed, through), count=task.fields["count"] + more
        )

    def write(self, stream: OutputWrapper, line: str) -> None:
        """Write a line to ``stream``: above the bar, where that is on the same terminal."""
        if self.shown.disable or not stream.isatty():
            stream.write(line)
        else:
            self.shown.console.print(line, markup=False, highlight=False, soft_wrap=True)


class Rate(ProgressColumn):
    """How many a second, since the beginning."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.fields['count'] / max(task.elapsed or 1, 1):,.1f}/s")


@contextmanager
def bar(description: str) -> Iterator[Bar]:
    """A bar on standard error, if that is a terminal."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description} {task.fields[count]}"),
        BarColumn(),
        TaskProgressColumn(),
        Rate(),
        TimeRemainingColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as shown:
        yield Bar(shown, description)


@contextmanager
def shown() -> Iterator[Callable[[str, float], None]]:
    """A function that shows what is being done and how far through all it is, from 0 to 1."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        task = progress.add_task("", total=1)
        yield lambda what, through: progress.update(task, description=what, completed=through)
