"""The whole record in files, as of one moment, with a description of them: a Data Package."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable
from contextlib import ExitStack, closing
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from claims.api.resource import Resource
from claims.api.resources import RESOURCES
from claims.licence import LICENCE
from claims.models import ChangeLog
from claims.sync.columns import Column, columns
from claims.sync.files import FORMATS, File, Packed
from claims.sync.settle import settle
from claims.sync.snapshot import snapshot

DESCRIPTION = "datapackage.json"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def dump(
    folder: Path, formats: Iterable[str], progress: Callable[[str, int], None] = lambda *_: None
) -> dict:
    """Write every resource into a new ``folder``, in each of these FORMATS; returns what it holds.

    It is written beside and appears when it is whole. ``progress`` is told the resource and how
    many of its rows are written. Raises FileExistsError.
    """
    if folder.exists():
        raise FileExistsError(folder)
    draft = folder.with_name(f".{folder.name}.{os.getpid()}")
    draft.mkdir(parents=True)
    try:
        described = _write(draft, list(formats), progress)
        text = json.dumps(described, ensure_ascii=False, indent=2)
        (draft / DESCRIPTION).write_text(f"{text}\n", "utf-8")
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return described


def _write(draft: Path, formats: list[str], progress: Callable[[str, int], None]) -> dict:
    settle()
    files = []
    with snapshot():
        number, created = ChangeLog.objects.get().number, timezone.now()
        for resource in RESOURCES.values():
            files += _of(resource, draft, formats, progress)
    return {
        "$schema": PROFILE,
        "name": "constat",
        "title": "Constat",
        "description": "Claims, who made them, where and when; their verifications and what "
        "followed. Go on from here with /api/v1/changes/?since= and the number of “changes”.",
        "created": created.isoformat(),
        "homepage": settings.SITE,
        "licenses": [{"name": "CC-BY-4.0", "path": LICENCE}],
        "sources": [{"title": settings.PUBLISHER["name"] or "Constat", "path": settings.SITE}],
        "changes": number,
        "resources": files,
    }


def _of(
    resource: Resource, draft: Path, formats: list[str], progress: Callable[[str, int], None]
) -> list[dict]:
    """Write the files of a resource; returns their descriptions."""
    of_rows, count = columns(resource), 0
    with ExitStack() as closed:
        files = [
            closed.enter_context(closing(FORMATS[each](draft, resource.name, of_rows)))
            for each in formats
        ]
        for _id, text in resource.documents(resource.published().order_by("pk")):
            document = json.loads(text)
            for file in files:
                file.add(text, document)
            count += 1
            progress(resource.name, count)
    return [_described(resource, file, of_rows, count) for file in files]


def _described(resource: Resource, file: File, of_rows: list[Column], count: int) -> dict:
    text = {"encoding": "utf-8", "compression": "gz"} if isinstance(file, Packed) else {}
    return {
        "name": f"{resource.name}-{file.format}",
        "type": "table",
        "title": resource.name,
        "path": file.path.name,
        "format": file.format,
        "mediatype": file.media_type,
        **text,
        "bytes": file.path.stat().st_size,
        "hash": f"sha256:{_digest(file.path)}",
        "rows": count,
        "schema": {
            "fields": [column.described() for column in of_rows],
            "primaryKey": ["id"],
            "missingValues": [""],
        },
    }


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
