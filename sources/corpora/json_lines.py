"""JSON Lines, also packed, from any byte of what is unpacked on."""

import gzip
from collections.abc import Iterator
from pathlib import Path

from sources.batches import json_lines
from sources.corpora.step import Place, Step


def read(path: Path, name: str, since: Place) -> Iterator[Step]:
    """The documents of its lines; raises Refused where the rest cannot be read, OSError."""
    with path.open("rb") as raw:
        size = path.stat().st_size or 1
        packed = path.name.lower().endswith(".gz")
        stream = gzip.GzipFile(fileobj=raw) if packed else raw
        with json_lines.unpacking():
            stream.seek(since.at)
            lines = json_lines.numbered(
                stream, name, lambda: min(raw.tell() / size, 1), since.number
            )
            for number, item in lines:
                yield Step(item, Place(stream.tell(), number))
