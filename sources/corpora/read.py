"""A corpus by the ending of its name: which reader goes through it."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from sources.batches.names import JSON_LINES
from sources.corpora.step import Place, Step

READERS = (
    (JSON_LINES, "sources.corpora.json_lines"),
    ((".warc", ".warc.gz"), "sources.corpora.warc"),
    ((".parquet",), "sources.corpora.parquet"),
)
Reader = Callable[[Path, str, Place], Iterator[Step]]


def reader(path: Path) -> Reader | None:
    """What reads the file at ``path``, or None if it is no corpus; what it needs is loaded now."""
    for endings, module in READERS:
        if path.name.lower().endswith(endings):
            return import_module(module).read
    return None
