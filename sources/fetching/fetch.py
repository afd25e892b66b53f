"""Fetch one address and keep what came of it."""

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.http import parse_header_parameters, parse_http_date_safe
from django.utils.translation import gettext as _

from sources.fetching import addresses
from sources.fetching.addresses import Address
from sources.fetching.exchange import Answer
from sources.fetching.failure import Failed
from sources.fetching.redirects import follow
from sources.fetching.robots import allowed
from sources.fetching.time_limit import TimeLimit
from sources.fetching.turns import take_turn
from sources.ingest import ingest
from sources.keep import Ingested
from sources.models import Fetch, Site
from sources.origin import Origin
from sources.refused import Refused

DOCUMENTS = (
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)
ETAG = re.compile(r'(W/)?"[\x21\x23-\x7e]*"')
MAX_AGE = re.compile(r"\bmax-age=\"?(\d{1,8})")
SECONDS = re.compile(r"[0-9]{1,8}")
TOKEN = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+:/-]*")


@dataclass(frozen=True)
class Fetched:
    """What an address gave: its bytes, and the attempt with address, media type and charset.

    If the site said that nothing changed, they are those of the snapshot that is there, and none
    of what is kept as no snapshot. ``lasting_url`` is the address to fetch the next time: another
    one where the site moved it for good. It stays as it is for ``max_age`` seconds, the site says.
    """

    attempt: Fetch
    content: bytes
    lasting_url: str
    max_age: int

    @property
    def unchanged(self) -> bool:
        return self.attempt.outcome == Fetch.Outcome.UNCHANGED

    @transaction.atomic
    def ingest(
        self,
        origin: Origin,
        *,
        today: date,
        otherwise: Origin = Origin(),  # noqa: B008  it never changes
    ) -> Ingested:
        """Keep it as a snapshot, and link the attempt to that; raises Refused."""
        ingested = ingest(
            self.content,
            origin,
            today=today,
            otherwise=otherwise,
            media_type=self.attempt.media_type,
            charset=self.attempt.charset,
            fetched_from=self.attempt.final_url,
        )
        if self.attempt.snapshot is None:
            self.attempt.snapshot = ingested.snapshot
            self.attempt.save(update_fields=["snapshot"])
        return ingested


def fetch(
    url: str,
    *,
    now: datetime,
    accept: Collection[str] = DOCUMENTS,
    before: Fetch | None = None,
) -> Fetched:
    """Fetch what stands at ``url``, of one of the media types ``accept``.

    It is asked for only if it changed since it was fetched ``before``, or taken in before.
    Raises Refused; the attempt is kept all the same. So it is never called inside a transaction:
    that would take the attempt with it if it were rolled back, and be open for as long as a site
    takes to answer. RuntimeError says so.
    """
    attempt = Fetch(
        url=addresses.shown(url),
        at=now,
        outcome=Fetch.Outcome.FAILED,
        reason=_("it was broken off"),
    )
    visit = _Visit(attempt, accept, before, TimeLimit(now, settings.FETCH_SECONDS))
    try:
        content = visit.content(url)
    except Refused as refusal:
        failed = isinstance(refusal, Failed)
        attempt.outcome = Fetch.Outcome.FAILED if failed else Fetch.Outcome.REFUSED
        attempt.reason = str(refusal)
        raise
    finally:
        with transaction.atomic(durable=True):
            attempt.save()
    return Fetched(attempt, content, visit.lasting_url, visit.max_age)


class _Visit:
    """What is known while one address is fetched; fills in the attempt."""

    def __init__(
        self, attempt: Fetch, accept: Collection[str], before: Fetch | None, limit: TimeLimit
    ):
        self.attempt = attempt
        self.accept = accept
        self.limit = limit
        self.sites = set()
        with transaction.atomic(durable=True):
            self.before = before or (
                Fetch.objects.filter(url=attempt.url, snapshot__isnull=False)
                .exclude(etag="", last_modified="")
                .select_related("snapshot")
                .first()
            )

    def content(self, url: str) -> bytes:
        with follow(addresses.read(url), self.headers, self.limit) as answer:
            self.attempt.final_url = str(answer.address)
            self.attempt.status = answer.status
            self.lasting_url = str(answer.lasting)
            self.max_age = _max_age(answer)
            if answer.status == 304 and self._known(answer.address):
                return self._unchanged()
            if answer.status not in (200, 203):
                raise _undelivered(answer, self.limit.now)
            self._describe(answer)
            content = answer.whole(settings.MAX_FETCH_BYTES)
        self.attempt.outcome, self.attempt.reason = Fetch.Outcome.FETCHED, ""
        self.attempt.size = len(content)
        self.attempt.sha256 = hashlib.sha256(content).hexdigest()
        return content

    def headers(self, address: Address) -> dict[str, str]:
        """What to ask that address with, once its site allows it and our turn there has come."""
        site, _created = Site.objects.get_or_create(origin=address.origin)
        delay = allowed(site, address, self.limit)
        if site.pk not in self.sites:
            self.sites.add(site.pk)
            take_turn(site, delay, self.limit)
        headers = {"Accept": ", ".join(self.accept)}
        if self._known(address):
            if self.before.etag:
                headers["If-None-Match"] = self.before.etag
            if self.before.last_modified:
                headers["If-Modified-Since"] = self.before.last_modified
        return headers

    def _known(self, address: Address) -> bool:
        return self.before is not None and self.before.final_url == str(address)

    def _unchanged(self) -> bytes:
        self.attempt.outcome, self.attempt.reason = Fetch.Outcome.UNCHANGED, ""
        for name in ("snapshot", "etag", "last_modified", "media_type", "charset", "sha256"):
            setattr(self.attempt, name, getattr(self.before, name))
        return bytes(self.before.snapshot.original) if self.before.snapshot else b""

    def _describe(self, answer: Answer) -> None:
        """Take over what the headers say; raises Refused for a media type that is not wanted."""
        types = answer.headers.getlist("Content-Type")
        media_type, parameters = parse_header_parameters(types[-1] if types else "")
        self.attempt.media_type = _token(media_type, 100)
        self.attempt.charset = _token(parameters.get("charset", ""), 40)
        etag = answer.headers.get("ETag", "")
        if len(etag) <= 200 and ETAG.fullmatch(etag):
            self.attempt.etag = etag
        modified = answer.headers.get("Last-Modified", "")
        if len(modified) <= 100 and parse_http_date_safe(modified) is not None:
            self.attempt.last_modified = modified
        if self.attempt.media_type not in self.accept:
            raise Refused(
                _("the site sends something of the type “%(type)s”, which is not read")
                % {"type": self.attempt.media_type}
                if self.attempt.media_type
                else _("the site does not say of what type it is")
            )


def _token(value: str, most: int) -> str:
    value = value.strip(" '\"").lower()
    return value if len(value) <= most and TOKEN.fullmatch(value) else ""


def _max_age(answer: Answer) -> int:
    said = MAX_AGE.search(answer.headers.get("Cache-Control", "").lower())
    return int(said[1]) if said else 0


def _retry_after(answer: Answer, now: datetime) -> int:
    """Seconds, as Retry-After says in seconds or as a date."""
    said = answer.headers.get("Retry-After", "").strip()
    if SECONDS.fullmatch(said):
        return int(said)
    at = parse_http_date_safe(said)
    return max(0, at - int(now.timestamp())) if at is not None else 0


def _undelivered(answer: Answer, now: datetime) -> Failed:
    status = answer.status
    temporary = status in (408, 425, 429) or status >= 500
    match status:
        case 401 | 402 | 403 | 407 | 451:
            reason = _("the site does not give this page to us (HTTP %(status)d)")
        case 404 | 410:
            reason = _("there is no page at this address (HTTP %(status)d)")
        case 429:
            reason = _("the site wants to be asked less often; try again later (HTTP %(status)d)")
        case _ if temporary:
            reason = _("the site is out of order; try again later (HTTP %(status)d)")
        case _:
            reason = _("the site sent no page (HTTP %(status)d)")
    return Failed(
        reason % {"status": status},
        temporary=temporary,
        status=status,
        retry_after=_retry_after(answer, now),
    )
