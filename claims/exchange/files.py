"""The file of an import, in the database until it is done with: any worker can read it."""

import hashlib
import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from django.db import transaction

from claims.models import Import, ImportPart

PART = 1 << 20  # bytes
IN_MEMORY = 8 << 20  # bytes: what is larger goes to a temporary file


@transaction.atomic
def keep(import_: Import, file: BinaryIO) -> None:
    """Save the import with the bytes of its file, a part at a time."""
    import_.save()
    digest, size = hashlib.sha256(), 0
    for position, piece in enumerate(iter(lambda: file.read(PART), b"")):
        digest.update(piece)
        size += len(piece)
        ImportPart.objects.create(import_of=import_, position=position, content=piece)
    import_.sha256, import_.size = digest.hexdigest(), size
    import_.save(update_fields=["sha256", "size"])


@contextmanager
def opened(import_: Import) -> Iterator[BinaryIO]:
    """Its file, to be read and sought in."""
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as file:
        for part in import_.parts.order_by("position").iterator(chunk_size=1):
            file.write(part.content)
        file.seek(0)
        yield file


def content(import_: Import) -> bytes:
    """All its bytes."""
    whole = io.BytesIO()
    for part in import_.parts.order_by("position").iterator(chunk_size=8):
        whole.write(part.content)
    return whole.getvalue()


def forget(import_: Import) -> None:
    """It is done with."""
    import_.parts.all().delete()
