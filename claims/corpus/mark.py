"""How far a file was taken in, and by what it is known again."""

import json
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import transaction

from claims import engine
from claims.models import CorpusFile
from sources.corpora.step import Place
from sources.origin import Origin

ENDS = 65_536  # bytes of the beginning and of the end of a file


def key_of(path: Path, origin: Origin) -> str:
    """By what the file is known again as it is. Raises OSError.

    A file that changed, another version of the extractor, or other options begin anew.
    """
    state = path.stat()
    with path.open("rb") as file:
        beginning = file.read(ENDS)
        file.seek(max(0, state.st_size - ENDS))
        end = file.read(ENDS)
    known_by = [
        state.st_size,
        state.st_mtime_ns,
        sha256(beginning + end).hexdigest(),
        engine.version(),
        {name: str(value) for name, value in asdict(origin).items()},
        settings.MAX_FILE_BYTES,
        settings.MAX_TEXT_BYTES,
    ]
    return sha256(json.dumps(known_by).encode()).hexdigest()


@transaction.atomic
def mark_of(key: str, name: str, again: bool) -> CorpusFile:
    """The mark of a file; a new one if it was never begun, or is to be gone through ``again``."""
    if again:
        CorpusFile.objects.filter(key=key).delete()
    mark, _new = CorpusFile.objects.get_or_create(key=key, defaults={"name": name})
    return mark


def place(mark: CorpusFile) -> Place:
    """Where it is gone on with."""
    return Place(mark.at, mark.number)
