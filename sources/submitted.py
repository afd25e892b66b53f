"""Take in what an editor handed over: a text, an address or a file; or unpack it into several."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from sources.batches.delivery import documents_in
from sources.batches.items import Item, LeftOut, Refusal
from sources.batches.names import holds_documents
from sources.fetching.fetch import fetch
from sources.ingest import take_apart
from sources.keep import Ingested, keep
from sources.models import Snapshot, SubmittedItem
from sources.origin import Origin
from sources.read import check_file_size
from sources.refused import Refused

NAME = SubmittedItem._meta.get_field("name").max_length
WAITING, REFUSED = SubmittedItem.Status.WAITING, SubmittedItem.Status.REFUSED


def take_in(item: SubmittedItem, *, now: datetime, then: Callable[[Snapshot], object]) -> None:
    """Keep the text of ``item``; ``then`` writes in the same transaction. Raises Refused."""
    today, origin = timezone.localdate(now), typed(item)
    if item.fetched:
        fetched = fetch(item.url, now=now)
        with transaction.atomic():
            _settle(item, fetched.ingest(replace(origin, url=None), today=today), then)
        return
    original = bytes(item.content) if item.file_name else as_it_is_known(bytes(item.content))
    text = take_apart(original, origin, today=today, name=item.file_name, charset=item.charset)
    with transaction.atomic():
        (kept,) = keep([text])
        _settle(item, kept, then)


def _settle(item: SubmittedItem, kept: Ingested, then: Callable[[Snapshot], object]) -> None:
    item.status = SubmittedItem.Status.TAKEN_IN if kept.created else SubmittedItem.Status.KNOWN
    item.snapshot, item.reason, item.content = kept.snapshot, "", None
    item.save()
    then(kept.snapshot)


def refuse(item: SubmittedItem, reason: str) -> None:
    """Settle an item that is not taken in."""
    item.status, item.reason, item.content = REFUSED, reason, None
    item.save()


def typed(item: SubmittedItem) -> Origin:
    """What the editor typed of an item."""
    return Origin(
        item.published_on,
        item.publisher,
        item.url or None,
        item.title,
        item.language,
        item.byline,
        item.kind,
    )


def as_it_is_known(original: bytes) -> bytes:
    """A pasted text as it was taken in before, if it was.

    What differs is what pasting changes: line ends, and blank lines before and after it.
    """
    text = original.decode()
    bare = text.strip()
    forms = (text, bare, f"{bare}\n")
    forms = [form.replace("\n", end) for form in forms for end in ("\n", "\r\n")]
    digests = {Snapshot.digest(form): form for form in reversed(forms)}
    known = Snapshot.objects.filter(sha256__in=digests).values_list("sha256", flat=True)
    return digests[known[0]].encode() if known else original


def unpack(item: SubmittedItem, *, today: date, then: Callable[[SubmittedItem], object]) -> None:
    """Put what an archive or JSON Lines hold beside it; ``then`` is told of each that waits.

    Raises Refused, and then nothing is written.
    """
    left_out: Counter[str] = Counter()
    size = count = 0
    with transaction.atomic():
        for found in _held_by(item):
            if isinstance(found, LeftOut):
                left_out[found.ending] += 1
                continue
            each = _item(item, found, today)
            size += len(each.content or b"")
            count += 1
            _check_amount(size, count)
            each.save()
            if each.status == WAITING:
                then(each)
        if not count:
            raise Refused(_("there is no document in it"))
        if count == 1 and each.name == item.name:
            raise Refused(each.reason)
        item.status, item.content = SubmittedItem.Status.UNPACKED, None
        item.reason = _left_out(left_out)
        item.save()


def _held_by(item: SubmittedItem) -> Iterator[Item]:
    """The last is refused by the name of the whole, where the rest of it cannot be read."""
    try:
        yield from documents_in(BytesIO(item.content), item.file_name, item.name)
    except Refused as refusal:
        yield Refusal(item.name, str(refusal))


def _item(whole: SubmittedItem, found: Item, today: date) -> SubmittedItem:
    """What was found in an archive as an item of its own: typed of the whole is typed of it."""
    item = SubmittedItem(submission_id=whole.submission_id, name=found.name[-NAME:])
    if isinstance(found, Refusal):
        item.status, item.reason = REFUSED, found.reason
        return item
    origin = typed(whole).or_else(found.origin)
    try:
        check_file_size(len(found.original))
        origin.check(today)
    except Refused as refusal:
        item.status, item.reason = REFUSED, str(refusal)
        return item
    for name in ("published_on", "publisher", "title", "language", "byline", "kind"):
        setattr(item, name, getattr(origin, name))
    item.url = origin.url or ""
    item.content, item.file_name, item.charset = found.original, found.file_name, found.charset
    return item


def _check_amount(size: int, count: int) -> None:
    """Raise Refused for more than the desk takes in at once."""
    if count > settings.MAX_SUBMITTED_ITEMS:
        limit = number_format(settings.MAX_SUBMITTED_ITEMS, force_grouping=True)
        raise Refused(
            _("it holds more than %(limit)s documents: bring it in in parts") % {"limit": limit}
        )
    if size > settings.MAX_SUBMISSION_BYTES:
        limit = number_format(settings.MAX_SUBMISSION_BYTES, force_grouping=True)
        raise Refused(
            _("it unpacks to more than %(limit)s bytes: bring it in in parts") % {"limit": limit}
        )


def _left_out(endings: Counter[str]) -> str:
    if not endings:
        return ""
    files = ", ".join(f"{count} {end}" for end, count in endings.most_common())
    return _("Left out, since they are no documents: %(files)s.") % {"files": files}


def holds_several(item: SubmittedItem) -> bool:
    """Whether an item is unpacked rather than taken in."""
    return holds_documents(item.file_name)
