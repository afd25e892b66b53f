"""How long somebody stays signed in: so many hours at most, and not while nothing is done."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

BEGAN, SEEN = "began", "seen"  # seconds since 1970, in the session
MINUTE = 60


def begin(request: HttpRequest, **kwargs) -> None:
    """Somebody signs in."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


def bounded(get_response: Callable) -> Callable:
    """Middleware, within that of sessions: one that is over is ended before anybody looks at it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        at_desk = request.path_info.startswith(settings.DESK)
        if at_desk and settings.SESSION_COOKIE_NAME in request.COOKIES:
            _end_or_go_on(request.session, int(time.time()), _by_itself(request))
        return get_response(request)

    return middleware


def _end_or_go_on(session, now: int, by_itself: bool) -> None:
    if SESSION_KEY not in session:
        return
    seen = session.get(SEEN, 0)
    too_old = now - session.get(BEGAN, 0) > settings.SESSION_COOKIE_AGE
    if too_old or now - seen > settings.SESSION_IDLE_SECONDS:
        session.flush()
    elif now - seen > MINUTE and not by_itself:
        session[SEEN] = now  # Written once a minute at most.


def _by_itself(request: HttpRequest) -> bool:
    """Whether an open page asks how far something is, while nobody may sit before it."""
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")
    return request.method == "GET" and mode != "navigate"
