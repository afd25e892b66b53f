"""Which requests are answered from a replica."""

from collections.abc import Callable, Iterable, Iterator

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.core.signals import got_request_exception
from django.db import Error
from django.dispatch import receiver
from django.http import FileResponse, HttpRequest, HttpResponse

from config.replica.servers import PRIMARY, REPLICAS, Server, chosen, on

# Whoever reads the change log tells it first of what is new, and it must not go back; and who wrote
# by key or by the contact form is led to what there is of it.
WRITTEN = ("/api/v1/changes", "/api/v1/proposals", "/contact/", "/en/contact/")
SHORTLY = "public, max-age=60"


class Reading:
    """Middleware, outside of all that asks the database for a page: what only reads is read from a
    replica; what is written, or may show what its reader just wrote, from the primary.

    What a replica does not answer is asked of the primary.
    """

    def __init__(self, get_response: Callable):
        if not REPLICAS:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        server = chosen() if only_reads(request) else PRIMARY
        if server is PRIMARY:
            return self.get_response(request)
        request.replica = server
        with on(server):
            response = self.get_response(request)
        failed = request.replica is None
        del request.replica
        if failed:
            server.look_again()
            return self.get_response(request)
        if response.streaming and not isinstance(response, FileResponse):
            response.streaming_content = _read(response.streaming_content, server)
        if not server.is_near() and "public" in response.get("Cache-Control", ""):
            # Only while there is no primary; nobody is to keep it for longer than that.
            response.headers["Cache-Control"] = SHORTLY
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A replica that went away, or refuses to write, is no fault to be told of."""
        if isinstance(error, Error) and hasattr(request, "replica"):
            request.replica = None
            return HttpResponse(status=500)
        return None


@receiver(got_request_exception)
def fail(request: HttpRequest | None = None, **kwargs) -> None:
    """What raised anything is asked again, whatever was to be answered."""
    if hasattr(request, "replica"):
        request.replica = None


def only_reads(request: HttpRequest) -> bool:
    """Whoever has a session has just written, or is about to."""
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not request.path_info.startswith((*settings.DESK, *WRITTEN))
    )


def _read(pieces: Iterable[bytes], server: Server) -> Iterator[bytes]:
    """They are made when the middleware is long done."""
    with on(server):
        yield from pieces
