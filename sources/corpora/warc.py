"""WARC (ISO 28500), also packed: the pages a crawler fetched, from any record on, with warcio."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from sources.batches.items import Given, Item, LeftOut, Refusal
from sources.batches.json_lines import unpacking
from sources.batches.names import shown
from sources.corpora.step import Place, Step
from sources.readers.kind import MEDIA_TYPES, Kind
from sources.refused import Refused

FETCHED = ("response", "resource")
TEXT_OF_A_PAGE = "conversion"  # as WET files have it
SHOWN = 200  # characters of an address


def read(path: Path, name: str, since: Place) -> Iterator[Step]:
    """The page of each record; raises Refused where the rest cannot be read, OSError.

    Records that tell of the crawl, and hold no page, are left out by their types.
    """
    with path.open("rb") as raw, unpacking():
        size = path.stat().st_size or 1
        raw.seek(since.at)
        records = ArchiveIterator(raw)
        after = since
        try:
            for record in records:
                number = after.number + 1
                item = _item(record, name, number, min(raw.tell() / size, 1))
                records.read_to_end()
                if isinstance(item, Given) and getattr(record.raw_stream, "limit", 0) > 0:
                    item = Refusal(item.name, _("its record is cut off"), through=item.through)
                after = Place(records.offset, number)
                yield Step(item, after)
        except (ArchiveLoadFailed, UnicodeDecodeError):
            raise Refused(
                _("it is no WARC from record %(number)d on, or packed as a whole")
                % {"number": after.number + 1}
            ) from None
        if after.at < path.stat().st_size:  # Of a packed record that is cut off nothing comes.
            raise EOFError


def _item(record: ArcWarcRecord, name: str, number: int, through: float) -> Item:
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    where = _("%(file)s, record %(number)d") % {"file": name, "number": number}
    if url:
        where = f"{where} ({shown(url[:SHOWN])})"
    if record.rec_type not in (*FETCHED, TEXT_OF_A_PAGE) or url.startswith("dns:"):
        return LeftOut(where, record.rec_type or "?", through=through)
    content_type = record.content_type or ""
    if record.http_headers:
        content_type = record.http_headers.get_header("Content-Type") or ""
    media_type, _sign, parameters = content_type.lower().partition(";")
    try:
        _check(record, media_type.strip())
    except Refused as reason:
        return Refusal(where, str(reason), through=through)
    original = record.content_stream().read(settings.MAX_FILE_BYTES + 1)
    return Given(
        where,
        original,
        media_type=media_type.strip() or Kind.HTML,
        charset=parameters.partition("charset=")[2].partition(";")[0].strip("\"' "),
        fetched_from=url if url.startswith(("http://", "https://")) else "",
        through=through,
    )


def _check(record: ArcWarcRecord, media_type: str) -> None:
    """Raise Refused unless it is a page, and whole."""
    if record.http_headers and (status := record.http_headers.get_statuscode()) != "200":
        raise Refused(_("the site answered %(status)s, no page") % {"status": shown(status)})
    kind = MEDIA_TYPES.get(media_type, Kind.HTML if not media_type else None)
    # Of plain texts on the web most are no articles: robots.txt, scripts.
    if kind is None or (kind is Kind.TEXT and record.rec_type in FETCHED):
        raise Refused(_("it is of the type “%(type)s”, no page") % {"type": shown(media_type)})
