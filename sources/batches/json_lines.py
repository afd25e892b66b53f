"""JSON Lines: a document a line, with its ``text`` and what else is known of it.

Beside ``text`` a line may have ``title``, ``url``, ``published_on`` ("2025-12-03", "2025-12",
"2025", or with a time), ``publisher``, ``language``, ``byline`` and ``id``; what else it has is
passed over.
"""

import gzip
import json
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from sources.batches.items import Given, Item, Refusal
from sources.batches.names import shown
from sources.origin import Origin
from sources.partial_date import PartialDate
from sources.readers import charset
from sources.readers.unreadable import Unreadable
from sources.refusals import SENTENCES
from sources.refused import Refused

FIELDS = ("text", "title", "url", "published_on", "publisher", "language", "byline")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,6})?")
WITH_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:.{1,30}")
WIDE = (b"\xff\xfe", b"\xfe\xff")
CHUNK = 1_000_000  # bytes
SHOWN = 60  # characters of an id


def read(stream: BinaryIO, name: str, through: Callable[[], float]) -> Iterator[Item]:
    """The document of each line, or why it is none; blank lines are passed over.

    ``through()`` tells how much of the file has been gone through. Raises Refused where the rest
    cannot be read.
    """
    for _number, item in numbered(stream, name, through):
        yield item


def numbered(
    stream: BinaryIO, name: str, through: Callable[[], float], number: int = 0
) -> Iterator[tuple[int, Item]]:
    """The same, each with the number of its line; ``stream`` goes on after line ``number``."""
    limit = settings.MAX_FILE_BYTES
    begun = number > 0
    while line := stream.readline(limit + 1):
        number += 1
        where = _("%(file)s, line %(number)d") % {"file": name, "number": number}
        if not begun and line.strip(b"\xef\xbb\xbf \t\r\n"):
            _check_beginning(line)
            begun = True
        if len(line) > limit:
            while line and not line.endswith(b"\n"):
                line = stream.readline(CHUNK)
            most = number_format(limit, force_grouping=True)
            reason = _("it is longer than %(limit)s bytes, the most that is taken in")
            yield number, Refusal(where, reason % {"limit": most}, through=through())
        elif line.strip(b"\xef\xbb\xbf \t\r\n"):
            yield number, _item(line, where, through())


@contextmanager
def unpacking() -> Iterator[None]:
    """Inside, gzip that is damaged or cut off raises Refused."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise Refused(
            _("it is damaged or incomplete: what came before was read, the rest is missing")
        ) from None


def _item(line: bytes, where: str, through: float) -> Item:
    try:
        return document(_record(line), where, through)
    except Refused as reason:
        return Refusal(where, str(reason), through=through)
    except Unreadable as unreadable:
        reason = SENTENCES[unreadable.reason] % unreadable.details
        return Refusal(where, reason, through=through)


def _check_beginning(line: bytes) -> None:
    """Raise Refused for what is no JSON Lines at all, once rather than for each line."""
    if line.startswith(WIDE) or b"\0" in line[:2]:
        raise Refused(_("it is in UTF-16: save it as UTF-8"))
    if line.lstrip(b"\xef\xbb\xbf \t").startswith(b"["):
        raise Refused(_("it is a JSON list: write one document a line, without brackets around"))


def _record(line: bytes) -> dict:
    try:
        record = json.loads(charset.decode(line))
    except json.JSONDecodeError as error:
        place = {"place": error.pos + 1}
        raise Refused(_("it is not JSON, from character %(place)d on") % place) from None
    except ValueError:  # A number of thousands of digits.
        raise Refused(_("it is not JSON")) from None
    except RecursionError:
        raise Refused(_("it is nested too deeply")) from None
    if not isinstance(record, dict):
        raise Refused(_("it is JSON, but no object with a “text”"))
    return record


def document(record: dict, where: str, through: float) -> Given:
    """The document that a record of these fields is; raises Refused."""
    told = {field: _words(record, field) for field in FIELDS}
    if not told["text"].strip():
        raise Refused(_("its “text” is empty") if "text" in record else _("it has no “text”"))
    if isinstance(known := record.get("id"), str | int) and known != "":
        where = f"{where} ({shown(str(known)[:SHOWN])})"
    original = told.pop("text").encode()
    return Given(where, original, _origin(told), charset="utf-8", through=through)


def _words(record: dict, field: str) -> str:
    """The words of a field; raises Refused. Only a text keeps its lines."""
    value = record.get(field)
    if value is None:
        return ""
    if field == "published_on" and isinstance(value, int):
        value = str(value)
    if not isinstance(value, str):
        raise Refused(_("its “%(field)s” is no text") % {"field": field})
    try:
        value.encode()
    except UnicodeEncodeError:
        raise Refused(
            _("its “%(field)s” holds half of a surrogate pair, which is no character")
            % {"field": field}
        ) from None
    if field == "text":
        return value
    if "\0" in value:
        raise Refused(_("its “%(field)s” contains a NUL") % {"field": field})
    return " ".join(value.split())


def _origin(told: dict[str, str]) -> Origin:
    day = WITH_TIME.sub(r"\1", told["published_on"])
    try:
        published_on = PartialDate.parse(day) if day else None
    except ValueError as error:
        raise Refused(str(error).rstrip(".")) from None
    language = told["language"]
    if language and not LANGUAGE.fullmatch(language):
        raise Refused(_("its “language” is no code such as fr or pt-BR"))
    return Origin(
        published_on,
        told["publisher"],
        told["url"] or None,
        told["title"],
        language,
        told["byline"],
    )
