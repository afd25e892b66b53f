"""Each request has an id, which its answer bears, and is a line of the log."""

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from claims.client import client_address
from config.operating.logs import request_id, shortened

log = logging.getLogger("constat.access")

HEADER = "X-Request-ID"
ACCEPTED = re.compile(r"[A-Za-z0-9._-]{8,64}")


def requests(get_response: Callable) -> Callable:
    """Middleware, before all other: the id of the request, and a line about it when it is done."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        current = given if ACCEPTED.fullmatch(given) else uuid.uuid4().hex
        token, began = request_id.set(current), time.monotonic()
        try:
            response = get_response(request)
            response.headers[HEADER] = current
            log.info(
                "%s %s %d",
                request.method,
                request.path,
                response.status_code,
                extra={
                    "route": route(request),
                    "status": response.status_code,
                    "milliseconds": round((time.monotonic() - began) * 1000, 1),
                    "network": shortened(client_address(request)),
                },
            )
            return response
        finally:
            request_id.reset(token)

    return middleware


def route(request: HttpRequest) -> str:
    """The pattern of its address, of which there are some hundred; empty where it met none."""
    match = request.resolver_match
    return match.route if match else ""
