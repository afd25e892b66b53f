"""What caches may keep of a page, for how long, and whether it changed (docs/decisions/0029).

A public page is the same for everybody who asks. Its ETag is made of its bytes, so it cannot be
wrong. Its Last-Modified is the time of the last change of anything that readers see, of this
process's start, or of midnight, as some things are due by the day: whichever came last.
"""

import hashlib
import math
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils import timezone
from django.utils.cache import get_conditional_response, has_vary_header, patch_vary_headers
from django.utils.http import http_date

from claims.cache_tags import loaded_rows, tags
from claims.models import LastChange
from config.answers import Answers

MINUTE, HOUR, DAY = 60, 3600, 86400  # seconds
# With the process come its templates. Rounded up: one that ended may have answered this second.
STARTED = math.ceil(time.time())
PACKED = (
    "text/",
    "application/json",
    "application/xml",
    "application/atom+xml",
    "application/ld+json",
    "image/svg+xml",
)


def caching(get_response: Callable) -> Callable:
    """Middleware, outside of all that sets cookies: headers for caches, 304, and compression."""
    compress = GZipMiddleware(get_response).process_response
    answers = Answers(settings.KEPT_BYTES)

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        return _without_body(response) if request.method == "HEAD" else response

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or request.path_info.startswith(settings.DESK):
            return _kept_by_nobody(get_response(request))
        now = timezone.now()
        # Asked before the page is made: a change meanwhile may be on it, never the other way round.
        change = LastChange.known()
        modified = _last_modified(change, now)
        key = answers.key(request, change and change.at, _midnight(now))
        if not (response := key and answers.get(key, request)):
            with loaded_rows() as loaded:
                response = get_response(request)
            if not _is_public(response):
                return _kept_by_nobody(response)
            if not response.has_header("Cache-Control"):
                purged = bool(change and change.tell_cdn)
                response.headers["Cache-Control"] = _kept(request, now, purged)
            match = request.resolver_match  # None where a slash was missing.
            named = tags(match.kwargs.get("public_id") if match else None, loaded)
            response.headers["Surrogate-Key"] = " ".join(named)
            response.headers["Cache-Tag"] = ",".join(named)
            _validators(response, modified)
            if response.get("Content-Type", "").startswith(PACKED):
                patch_vary_headers(response, ["Accept-Encoding"])
                response = compress(request, response)
            if key:
                answers.keep(key, request, response)
        return _unless_unchanged(request, response, modified)

    return middleware


def _without_body(response: HttpResponse) -> HttpResponse:
    """Its headers alone; servers complain of more."""
    if response.streaming:
        response.streaming_content = []
    else:
        response.content = b""
    return response


def _is_public(response: HttpResponse) -> bool:
    """Whether it is an answer, not a refusal, and the same for everybody."""
    own = response.get("Cache-Control", "")
    return (
        response.status_code in (200, 301, 304)
        and not response.cookies
        and not has_vary_header(response, "Cookie")
        and "private" not in own
        and "no-store" not in own
    )


def _kept_by_nobody(response: HttpResponse) -> HttpResponse:
    if not response.has_header("Cache-Control"):
        response.headers["Cache-Control"] = "private, no-store"
    return response


def _kept(request: HttpRequest, now: datetime, purged: bool) -> str:
    """How long browsers and a CDN keep it; a CDN that is told of changes keeps it longer."""
    if request.headers.get("Authorization"):
        # With a key of the API, say: its limits are told with it, and it may be revoked.
        return "private, no-cache"
    as_of = getattr(request, "as_of", None)
    if as_of and timezone.localdate(as_of.moment) < timezone.localdate(now):
        # The past changes too, where something is loaded as recorded then, but seldom.
        return f"public, max-age={HOUR}, s-maxage={DAY if purged else HOUR}"
    midnight = _midnight(now) + timedelta(days=1)
    left = max(1, int((midnight - now).total_seconds()))
    browsers, cdn = min(MINUTE, left), min(HOUR if purged else MINUTE, left)
    return f"public, max-age={browsers}, s-maxage={cdn}, stale-while-revalidate={MINUTE}"


def _midnight(now: datetime) -> datetime:
    """The last one in the newsroom."""
    return timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)


def _last_modified(change: LastChange | None, now: datetime) -> int | None:
    """In seconds since 1970; None while it is still to come: no answer may come from the future."""
    changed = int(change.at.timestamp()) if change else 0
    latest = max(changed, STARTED, int(_midnight(now).timestamp()))
    return latest if latest <= now.timestamp() else None


def _validators(response: HttpResponse, modified: int | None) -> None:
    del response.headers["Last-Modified"]
    if modified:
        response.headers["Last-Modified"] = http_date(modified)
    # A view may know its own without making the answer; what is streamed has none: it is not read.
    if response.status_code == 200 and not response.streaming and not response.has_header("ETag"):
        response.headers["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'


def _unless_unchanged(
    request: HttpRequest, response: HttpResponse, modified: int | None
) -> HttpResponse:
    """The response, or 304 to who has it already, with its tags; 412 to who wants another."""
    if response.status_code != 200:
        return response
    named = [(name, response[name]) for name in ("Surrogate-Key", "Cache-Tag")]
    # Packed, it has the ETag of what was packed, as a weak one.
    etag = response.get("ETag", "").removeprefix("W/") or None
    response = get_conditional_response(
        request, etag=etag, last_modified=modified, response=response
    )
    if response.status_code == 412:
        return _kept_by_nobody(response)
    for name, value in named:
        response.headers[name] = value
    return response
