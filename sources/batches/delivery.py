"""What somebody hands over: files, folders, JSON Lines and archives, as one stream of documents."""

import gzip
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from sources.batches import archives, json_lines
from sources.batches.bounds import Budget, Unpacked
from sources.batches.items import Given, Item, LeftOut, Refusal
from sources.batches.names import (
    DOCUMENTS,
    JSON_LINES,
    ending,
    holds_documents,
    is_hidden,
    is_part_of_page,
    shown,
)
from sources.files import read_file, sentence
from sources.refused import Refused

ADDRESS = re.compile(r"//|www\.|[\w-]+(\.[\w-]+)+/", re.IGNORECASE)  # without its scheme


@dataclass(frozen=True)
class File:
    """A file, and whether it was named or found in a folder."""

    path: Path
    size: int = 0
    named: bool = False
    refusal: str = ""


def files(path: Path) -> Iterator[File]:
    """The file at ``path``; of a folder those below it, in the order of their names.

    What is hidden, the system's own, or saved with a page, is passed over.
    """
    if not _is_folder(path):
        yield _file(path, named=True)
        return
    found = False
    for file in _below(path):
        found = True
        yield file
    if not found:
        yield File(path, named=True, refusal=_("there is no document in this folder"))


def holds_many(path: Path) -> bool:
    """Whether that may be more than one document."""
    return _is_folder(path) or holds_documents(path.name)


def _below(folder: Path) -> Iterator[File]:
    try:
        with os.scandir(folder) as entries:
            inside = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        yield File(folder, refusal=sentence(error))
        return
    names = {entry.name for entry in inside}
    for entry in inside:
        path = Path(entry.path)
        if is_hidden(entry.name) or is_part_of_page(entry.name, names):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(path)
        elif _is_folder(path):
            yield File(path, refusal=_("it is a link to a folder: name that folder itself"))
        else:
            yield _file(path)


def _no_address() -> str:
    return _("there is no such file: if it is an address, begin it with https://")


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # It may not be looked at, or its name is too long: reading it tells.
        return False


def _file(path: Path, *, named: bool = False) -> File:
    try:
        state = path.stat()
    except OSError as error:
        without = named and ADDRESS.match(str(path))
        return File(path, named=named, refusal=_no_address() if without else sentence(error))
    if not stat.S_ISREG(state.st_mode):  # A pipe might never end, nor even begin.
        return File(path, named=named, refusal=_("it is a device or a pipe, not a file"))
    return File(path, state.st_size, named=named)


def items(files: Iterable[File]) -> Iterator[Item]:
    """What the files hold. ``through`` is of all of them, by their sizes."""
    files = list(files)
    whole = sum(file.size for file in files) or 1
    before = 0
    for file in files:
        for item in _refusing(file):
            yield replace(item, through=(before + item.through * file.size) / whole)
        before += file.size


def _refusing(file: File) -> Iterator[Item]:
    name = shown(str(file.path))
    empty = True
    try:
        for item in _items(file, name):
            empty = False
            yield item
        if empty:
            yield Refusal(name, _("there is no document in it"))
    except Refused as reason:
        yield Refusal(name, str(reason))
    except OSError as error:
        yield Refusal(name, sentence(error))


def _items(file: File, name: str) -> Iterator[Item]:
    kind = ending(file.path.name)
    if file.refusal:
        yield Refusal(name, file.refusal)
    elif holds_documents(file.path.name):
        with file.path.open("rb") as raw:
            yield from documents_in(raw, file.path.name, name)
    elif file.named or kind in DOCUMENTS:
        yield Given(name, read_file(file.path), file_name=file.path.name)
    else:
        yield LeftOut(name, kind)


def documents_in(raw: BinaryIO, file_name: str, name: str) -> Iterator[Item]:
    """The documents that JSON Lines or an archive hold; ``name`` is how the file is shown.

    Raises Refused where the rest cannot be read.
    """
    kind = ending(file_name)
    if kind in JSON_LINES:
        yield from _lines(raw, name, packed=kind.endswith(".gz"))
    else:
        yield from archives.read(raw, file_name, name)


def _lines(raw: BinaryIO, name: str, *, packed: bool) -> Iterator[Item]:
    size = raw.seek(0, os.SEEK_END) or 1
    raw.seek(0)
    stream = Unpacked(gzip.GzipFile(fileobj=raw), Budget()) if packed else raw
    with json_lines.unpacking():
        yield from json_lines.read(stream, name, lambda: min(raw.tell() / size, 1))
