"""ZIP and TAR archives: what they hold, read one after the other and never written to disk."""

import bz2
import gzip
import lzma
import os
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from sources.batches import json_lines
from sources.batches.bounds import Budget, Unpacked
from sources.batches.items import Given, Item, LeftOut, Refusal
from sources.batches.names import DOCUMENTS, JSON_LINES, TAR, ZIP, ending, is_hidden, shown
from sources.refused import Refused

BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    OverflowError,
    ValueError,
)
UNPACK = {"gz": gzip.open, "bz2": bz2.open, "xz": lzma.open}
HEADERS = 1_000_000  # bytes: the longest name and what else comes before a file in a TAR
ENTRY = 128  # bytes of a ZIP's list of contents for each file
UTF_8_NAME = 0x800
ENCRYPTED = 0x1


@dataclass(frozen=True)
class Member:
    """One file of an archive; or why it is not opened.

    If it is damaged, so is what comes after it, unless it stands ``alone``.
    """

    name: str
    open: Callable[[], BinaryIO]
    through: float
    refusal: str
    alone: bool


def read(file: BinaryIO, file_name: str, name: str) -> Iterator[Item]:
    """The documents of an archive, whose kind ``file_name`` tells; ``name`` is how it is shown.

    Raises Refused where the rest cannot be read.
    """
    members = _zip if ending(file_name) in ZIP else _tar
    count = 0
    try:
        for member in members(file, file_name):
            count += 1
            if count > settings.MAX_ARCHIVE_MEMBERS:
                raise Refused(_too_many())
            yield from _documents(member, f"{name}/{shown(member.name)}")
    except NotImplementedError:
        raise Refused(_unknown_packing()) from None
    except BROKEN:
        raise Refused(
            _("it is damaged or incomplete: what came before was read, the rest is missing")
            if count
            else _("it is no archive of the kind its name tells, or is damaged")
        ) from None


def _documents(member: Member, name: str) -> Iterator[Item]:
    path = PurePosixPath(member.name)
    kind = ending(path.name)
    if any(is_hidden(part) for part in path.parts if part not in ("..", ".")):
        return
    if member.refusal:
        yield Refusal(name, member.refusal, through=member.through)
    elif kind in (*ZIP, *TAR) or (kind in JSON_LINES and kind.endswith(".gz")):
        reason = _("it is an archive within an archive: unpack it and bring it in by itself")
        yield Refusal(name, reason, through=member.through)
    elif kind not in (*DOCUMENTS, *JSON_LINES):
        yield LeftOut(name, kind, through=member.through)
    else:
        yield from _opened(member, name, kind)


def _opened(member: Member, name: str, kind: str) -> Iterator[Item]:
    file_name = PurePosixPath(member.name).name
    try:
        with closing(member.open()) as stream:
            if kind in JSON_LINES:
                yield from json_lines.read(stream, name, lambda: member.through)
            else:
                original = stream.read(settings.MAX_FILE_BYTES + 1)
                yield Given(name, original, file_name=file_name, through=member.through)
    except NotImplementedError:
        yield Refusal(name, _unknown_packing(), through=member.through)
    except BROKEN:
        if not member.alone:
            raise
        reason = _("it is damaged in the archive: get it once more from where it came")
        yield Refusal(name, reason, through=member.through)


def _unknown_packing() -> str:
    return _("it is packed in a way that is not read: make an ordinary ZIP archive of it")


def _too_many() -> str:
    return _("it holds more than %(limit)s files: bring it in in parts") % {
        "limit": number_format(settings.MAX_ARCHIVE_MEMBERS, force_grouping=True)
    }


def _zip(file: BinaryIO, file_name: str) -> Iterator[Member]:
    budget = Budget()
    if _list_size(file) > ENTRY * settings.MAX_ARCHIVE_MEMBERS:
        raise Refused(_too_many())
    with zipfile.ZipFile(file) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        for number, entry in enumerate(entries, start=1):
            yield Member(
                _zip_name(entry),
                lambda entry=entry: Unpacked(archive.open(entry), budget),
                number / len(entries),
                _zip_refusal(entry),
                alone=True,
            )


def _list_size(file: BinaryIO) -> int:
    """The bytes of a ZIP's list of contents, which is read whole; 0 if there is none."""
    size = file.seek(0, 2)
    start = file.seek(max(size - 65_557, 0))
    tail = file.read()
    end = tail.rfind(b"PK\5\6")
    if end < 0 or len(tail) < end + 22:
        return 0
    (length,) = struct.unpack("<L", tail[end + 12 : end + 16])
    locator = tail[max(end - 20, 0) : end]
    if locator.startswith(b"PK\6\7"):
        (offset,) = struct.unpack("<Q", locator[8:16])
        file.seek(min(offset, start + end))
        record = file.read(56)
        if len(record) == 56:
            (length,) = struct.unpack("<Q", record[40:48])
    return min(length, size)


def _zip_name(entry: zipfile.ZipInfo) -> str:
    """Its name: where it is not said to be in UTF-8, it is so all the same or as DOS wrote it."""
    if entry.flag_bits & UTF_8_NAME:
        return entry.filename
    original = entry.filename.encode("cp437", "replace")
    try:
        return original.decode()
    except UnicodeDecodeError:
        return original.decode("cp850")


def _zip_refusal(entry: zipfile.ZipInfo) -> str:
    if entry.flag_bits & ENCRYPTED:
        return _("it is protected by a password: save a copy without one")
    mode = entry.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return _no_file()
    return ""


def _no_file() -> str:
    return _("it is a link or a device, not a file")


class _Header(tarfile.TarInfo):
    """Does not take a broken header, or a missing end, for the end of the archive."""

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> tarfile.TarInfo:
        try:
            return super().fromtarfile(archive)
        except tarfile.EOFHeaderError:
            raise
        except tarfile.HeaderError as error:
            raise tarfile.ReadError from error


class _TarStream(Unpacked):
    """Allows so many bytes to be read for one step: headers are read whole into memory."""

    allowed = 0

    def read(self, size: int) -> bytes:
        data = super().read(size)
        self.allowed -= len(data)
        if self.allowed < 0:
            raise tarfile.ReadError
        return data


def _tar(file: BinaryIO, file_name: str) -> Iterator[Member]:
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    unpack = UNPACK.get(_compression(file_name))
    stream = _TarStream(unpack(file) if unpack else file, Budget())
    stream.allowed = HEADERS
    with tarfile.open(fileobj=stream, mode="r|", tarinfo=_Header, errorlevel=2) as archive:
        while True:
            stream.allowed = archive.offset - archive.fileobj.tell() + HEADERS
            if (entry := archive.next()) is None:
                return
            archive.members.clear()  # Else they would all be kept.
            if entry.isdir():
                continue
            stream.allowed = settings.MAX_ARCHIVE_BYTES
            plain = entry.isreg() and not entry.issparse()
            yield Member(
                entry.name,
                lambda entry=entry: archive.extractfile(entry),
                min(file.tell() / size, 1),
                "" if plain else _no_file(),
                alone=False,
            )


def _compression(name: str) -> str:
    kind = ending(name)
    return {".tgz": "gz", ".tbz2": "bz2", ".txz": "xz"}.get(kind, kind.rpartition(".")[2])
