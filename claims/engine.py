"""This process's extractor: loaded at first use, since that takes seconds.

What strangers send is read apart, in a process beside this one, which has a time for it: so no
other request waits for one text, and one at most waits for the next.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import metadata
from pathlib import Path
from threading import BoundedSemaphore

from django.conf import settings

from claims import extraction
from claims.extraction import VERSION, Reading
from claims.extraction.apart import Apart
from sources.models import Snapshot


@cache
def extractor() -> "extraction.Extractor":
    """The extractor on the pipeline the settings name; raises ModelNotInstalled."""
    return extraction.Extractor(settings.SPACY_MODEL)


def read(snapshot: Snapshot) -> Reading:
    """The claims of a snapshot, its dates resolved against the day its document was published."""
    published_on = snapshot.document.published_on
    return extractor().read(snapshot.text, published_on.isoformat() if published_on else None)


class Busy(Exception):
    """As many texts are read, or wait to be, as this process takes at once."""


_turns = BoundedSemaphore(2)  # One is read and one waits: the other threads answer others.


@contextmanager
def turn() -> Iterator[None]:
    """For ``read_apart``; raises Busy at once if there is none."""
    if not _turns.acquire(blocking=False):
        raise Busy
    try:
        yield
    finally:
        _turns.release()


def read_apart(text: str, published_on: str | None = None) -> Reading:
    """The claims of a text, inside ``turn``; raises TookTooLong, CameToNothing."""
    return _apart().read(text, published_on, settings.EXTRACT_SECONDS)


@cache
def _apart() -> Apart:
    return Apart(settings.SPACY_MODEL)


@cache
def version() -> str:
    """What identifies its findings: versions of the rules and of the pipeline, without loading."""
    model = Path(settings.SPACY_MODEL)
    if model.is_dir():
        meta = json.loads((model / "meta.json").read_text(encoding="utf-8"))
        pipeline = f"{meta['lang']}_{meta['name']} {meta['version']}"
    else:
        try:
            pipeline = f"{model} {metadata.version(str(model))}"
        except metadata.PackageNotFoundError:
            pipeline = str(model)
    return f"constat {VERSION}, {pipeline}"
