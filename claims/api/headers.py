"""What every answer of the API bears: who may read it from where, and under which licence."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from claims.licence import LICENCE

FOLDERS = ("/api/", "/v1alpha1/", "/dumps/")
DATA = ("/api/v1/", "/v1alpha1/")  # below which there is no page
EXPOSED = "ETag, Link, Location, Retry-After, RateLimit, RateLimit-Policy, Content-Language"
DAY = "86400"
# Should a browser open it all the same: it loads nothing, and nobody shows it within a page.
SHUT = "default-src 'none'; frame-ancestors 'none'"


def api_headers(get_response: Callable) -> Callable:
    """Middleware: any page elsewhere may read with a script (CORS), without cookies; and the
    licence of the data (RFC 8288, relation of RFC 4946)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(FOLDERS):
            return get_response(request)
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            return _preflight()
        response = get_response(request)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = EXPOSED
        response.headers["Link"] = f'<{LICENCE}>; rel="license"'
        if request.path_info.startswith(DATA):
            response.headers["Content-Security-Policy"] = SHUT
            response.headers["X-Frame-Options"] = "DENY"
        return response

    return middleware


def _preflight() -> HttpResponse:
    """What a browser asks before it sends a key or a body."""
    return HttpResponse(
        status=204,
        headers={
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
            "Access-Control-Allow-Headers": "Authorization, Content-Type, If-None-Match",
            "Access-Control-Max-Age": DAY,
        },
    )
