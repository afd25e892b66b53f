"""Public answers, kept in the memory of a process while nothing that readers see has changed.

A page takes some tens of milliseconds to make; where many ask for the same one, it is made once
for each change of the record (docs/decisions/0048).
"""

import time
from collections.abc import Hashable
from dataclasses import dataclass
from operator import attrgetter
from threading import Lock

from cachetools import TTLCache
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch
from django.utils.cache import cc_delim_re

SECONDS = 60  # as browsers keep a page: what no trigger notes is no older here than there
PART = 16  # An answer takes no more than such a part of the room there is.
NEGOTIATED = {"accept", "accept-encoding"}  # An answer that varies by anything else is not kept.


@dataclass(frozen=True)
class Kept:
    """An answer, whole; ``match`` says which view made it, ``made`` when, by time.monotonic."""

    status: int
    headers: dict[str, str]
    content: bytes
    match: ResolverMatch | None
    made: float
    size: int  # in bytes, with its key


class Answers:
    """Those of one process, of ``room`` bytes together; with none, none are kept."""

    def __init__(self, room: int):
        self._largest = room // PART
        self._kept = TTLCache(room, SECONDS, timer=time.monotonic, getsizeof=attrgetter("size"))
        self._lock = Lock()

    def key(self, request: HttpRequest, *state: object) -> Hashable | None:
        """What two requests have in common that get the same answer while ``state`` holds; None
        for one whose answer may be its own."""
        caller = getattr(request, "caller", None)  # of the API, whose limits may refuse it
        if (
            not self._largest
            or request.method != "GET"
            or "Authorization" in request.headers
            or "Range" in request.headers
            or settings.SESSION_COOKIE_NAME in request.COOKIES
            or (caller and not caller.spent.let_in)
        ):
            return None
        packed = "gzip" in request.headers.get("Accept-Encoding", "")
        # As it is written: joined to one address, “/x/../api/” would be another than was counted.
        address = request.scheme, request.get_host(), request.get_full_path()
        return *address, request.headers.get("Accept"), packed, *state

    def get(self, key: Hashable, request: HttpRequest) -> HttpResponse | None:
        """The answer, with its age, as if the view had made it for ``request``."""
        with self._lock:
            kept = self._kept.get(key)
        if kept is None:
            return None
        request.resolver_match = kept.match
        response = HttpResponse(kept.content, status=kept.status, headers=kept.headers)
        response.headers["Age"] = str(int(time.monotonic() - kept.made))
        return response

    def keep(self, key: Hashable, request: HttpRequest, response: HttpResponse) -> None:
        """Keep it, unless it is too long, or other than what the key says decides what it is."""
        if response.status_code != 200 or response.streaming:
            return
        varies = set(cc_delim_re.split(response.get("Vary", "accept").lower()))
        if len(response.content) > self._largest or not varies <= NEGOTIATED:
            return
        kept = Kept(
            200,
            dict(response.headers),
            response.content,
            request.resolver_match,
            time.monotonic(),
            # An address has some KB if its reader wants, and what keeps it takes some.
            len(response.content) + len(repr(key)) + 1000,
        )
        with self._lock:
            self._kept[key] = kept
