"""The items of a file, one at a time: of JSON however large, or of a page.

Known forms of JSON: a feed (DataFeed, as Data Commons publishes), a list, JSON-LD with a graph,
the answer of Google's Fact Check Tools, one object, or one object a line.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import ijson
from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from sources.readers import process
from sources.readers.kind import PAGE
from sources.readers.process import Limits
from sources.readers.unreadable import Unreadable
from sources.refusals import SENTENCES
from sources.refused import Refused

JSON_LD = "sources.readers.json_ld"
# Under which a file keeps its items.
LISTS = {"dataFeedElement", "claims", "@graph", "itemListElement"}
DEEPEST = 100  # objects and lists in one another
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Item:
    """``number`` counts from 1; ``value`` is its JSON, or ``fault`` why there is none."""

    number: int
    value: object = None
    fault: str = ""


def items(file: BinaryIO, charset: str = "") -> Iterator[Item]:
    """The items of a file; raises Refused where it is of no form that is read, or breaks off."""
    start = file.read(65_536)
    begin = len(BYTE_ORDER_MARK) if start.startswith(BYTE_ORDER_MARK) else 0
    file.seek(begin)
    first = start[begin:].lstrip()[:1]
    if not first:
        raise Refused(_("it is empty"))
    if first == b"<" or PAGE.match(start):
        yield from _of_page(file.read(settings.MAX_FILE_BYTES + 1), charset)
        return
    if first not in (b"[", b"{"):
        raise Refused(_("it is neither JSON nor a web page"))
    number = 0
    try:
        for number, value in enumerate(_values(file, begin, first), start=1):
            yield _item(number, value)
    except (ijson.JSONError, UnicodeError) as error:
        told = {"number": number, "why": str(error).splitlines()[0]}
        raise Refused(_("it is no JSON after item %(number)d: %(why)s") % told) from error


def _values(file: BinaryIO, begin: int, first: bytes) -> Iterator[object]:
    prefix = "item" if first == b"[" else _list_in(file)
    file.seek(begin)
    if prefix:
        return ijson.items(file, prefix, use_float=True)
    return ijson.items(file, "", use_float=True, multiple_values=True)


def _list_in(file: BinaryIO) -> str:
    """Where the items of a file's first object are; "" if it is an item itself."""
    for prefix, event, _value in ijson.parse(file, multiple_values=True):
        if event == "start_array" and prefix in LISTS:
            return f"{prefix}.item"
        if event == "end_map" and prefix == "":
            break
        if file.tell() > settings.MAX_FILE_BYTES:
            limit = number_format(settings.MAX_FILE_BYTES, force_grouping=True)
            raise Refused(_("its first object is longer than %(limit)s bytes") % {"limit": limit})
    return ""


def _of_page(content: bytes, charset: str) -> Iterator[Item]:
    if len(content) > settings.MAX_FILE_BYTES:
        limit = number_format(settings.MAX_FILE_BYTES, force_grouping=True)
        raise Refused(_("it is longer than %(limit)s bytes") % {"limit": limit})
    try:
        found = process.run(JSON_LD, content, Limits(), declared=charset)["scripts"]
    except Unreadable as unreadable:
        raise Refused(str(SENTENCES[unreadable.reason] % unreadable.details)) from unreadable
    if not found:
        raise Refused(_("the page carries no JSON-LD, so no ClaimReview"))
    for number, script in enumerate(found, start=1):
        try:
            yield _item(number, json.loads(script, strict=False))
        except (ValueError, RecursionError):
            yield Item(number, fault=_("the page’s JSON-LD is no JSON"))


def _item(number: int, value: object) -> Item:
    """Nothing that is read further is nested without end."""
    level = [value]
    for _depth in range(DEEPEST):
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return Item(number, value)
    return Item(number, fault=_("its objects are nested too deeply"))
