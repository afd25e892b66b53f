"""Read the reviews of a file or an address, some at a time: broken off anywhere, it goes on there.

An item that cannot be taken is told by its number and why; the others are. What is read is nobody's
finding here and nothing public, so it is taken at once.
"""

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.claim_review.items import Item, items
from claims.claim_review.keep import Fate, Source, keep
from claims.claim_review.read import Review, read, reviews_in
from claims.exchange import files
from claims.models import Import, ImportRow
from sources.fetching.fetch import fetch
from sources.refused import Refused
from sources.storable import storable

BATCH = 200  # items
TYPES = (
    "text/html",
    "application/xhtml+xml",
    "application/ld+json",
    "application/json",
    # Servers send JSON as these.
    "text/plain",
    "text/json",
    "application/octet-stream",
)
COUNTS = {Fate.NEW: "added", Fate.CHANGED: "changed", Fate.UNCHANGED: "unchanged"}


def take_in(import_: Import) -> None:
    """Read all that the import's file holds, or the address that is its name."""
    with _ended(import_):
        if import_.parts.exists():
            with files.opened(import_) as file:
                _batches(import_, items(file), Source(import_.name, import_.sha256), file)
        else:
            _fetched(import_)


def read_file(import_: Import, file: BinaryIO) -> None:
    """The same, of a file at hand, which is not kept."""
    import_.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    import_.size = file.tell()
    file.seek(0)
    with _ended(import_):
        _batches(import_, items(file), Source(import_.name, import_.sha256), file)


@contextmanager
def _ended(import_: Import) -> Iterator[None]:
    """Say how it ended; raises Failed where the same may go well later."""
    try:
        yield
    except Refused as refusal:
        if getattr(refusal, "temporary", False):
            raise
        _end(import_, Import.State.FAILED, str(refusal))
    else:
        _end(import_, Import.State.DONE)


def _fetched(import_: Import) -> None:
    fetched = fetch(import_.name, now=timezone.now(), accept=TYPES)
    attempt = fetched.attempt
    import_.sha256, import_.size = attempt.sha256, attempt.size or 0
    source = Source(attempt.final_url, attempt.sha256, page=attempt.final_url)
    _batches(import_, items(io.BytesIO(fetched.content), attempt.charset), source)


def _batches(
    import_: Import, found: Iterator[Item], source: Source, file: BinaryIO | None = None
) -> None:
    """Each batch with its count is one transaction: so none is counted twice."""
    reason = _("import of %(file)s") % {"file": import_.name}
    context = {"reason": reason} | ({"user": import_.made_by_id} if import_.made_by_id else {})
    met: dict[int, int] = {}
    for batch in _batched(item for item in found if item.number > import_.seen):
        with transaction.atomic(), pghistory.context(**context):
            _take(import_, batch, source, met)
            import_.seen = batch[-1].number
            import_.through = file.tell() / max(import_.size, 1) if file else 1
            import_.save()


def _batched(found: Iterator[Item]) -> Iterator[list[Item]]:
    """Where the file is refused in the middle, what came before is a batch too."""
    batch: list[Item] = []
    try:
        for item in found:
            batch.append(item)
            if len(batch) == BATCH:
                yield batch
                batch = []
    except Refused:
        if batch:
            yield batch
        raise
    if batch:
        yield batch


def _take(import_: Import, batch: list[Item], source: Source, met: dict[int, int]) -> None:
    reviews, refused = [], {}
    for number, found, fault in _reviews(batch):
        try:
            if found is None:
                raise Refused(fault)
            review = read(found, source.page)
            _once(review, met)
        except Refused as refusal:
            refused.setdefault(number, (str(refusal), found))
        else:
            reviews.append((review, storable(found)))
    for fate in keep(reviews, source):
        setattr(import_, COUNTS[fate], getattr(import_, COUNTS[fate]) + 1)
    import_.refused += len(refused)
    ImportRow.objects.bulk_create(
        ImportRow(
            import_of=import_,
            number=number,
            fate=Fate.REFUSED,
            about=_about(found),
            problems=[{"column": "", "sentence": sentence}],
            cells=storable(found) or {},
        )
        for number, (sentence, found) in refused.items()
    )


def _reviews(batch: list[Item]) -> Iterator[tuple[int, dict | None, str]]:
    """Number and JSON of each review in these items, or why there is none."""
    for item in batch:
        if item.fault:
            yield item.number, None, item.fault
            continue
        found = list(reviews_in(item.value))
        if not found:
            yield item.number, None, _("it holds no ClaimReview")
        yield from ((item.number, review, "") for review in found)


def _once(review: Review, met: dict[int, int]) -> None:
    """The first of several that say it differently counts: so the same file changes nothing."""
    key = hash((review.url, review.claim_reviewed))
    if met.setdefault(key, hash(repr(review))) != hash(repr(review)):
        raise Refused(_("the file reviews this claim twice, and differently: the first counts"))


def _about(found: dict | None) -> str:
    name = (found or {}).get("claimReviewed") or (found or {}).get("url") or ""
    return str(storable(str(name)))[:300]


def _end(import_: Import, state: str, reason: str = "") -> None:
    """It is over; its file is not needed any more."""
    import_.state, import_.reason, import_.ended_at = state, reason, timezone.now()
    import_.through = 1 if state == Import.State.DONE else import_.through
    import_.save()
    files.forget(import_)
