"""Public pages are read: what is sent to one that takes nothing is refused as such."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed


class OnlyRead:
    """Middleware, before tokens are asked for: 405 to any method but GET and HEAD.

    The API and the contact form, which need no token, say themselves what they take.
    """

    def __init__(self, get_response: Callable):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args, named
    ) -> HttpResponse | None:
        """Refuse what is no reading."""
        reads = request.method in ("GET", "HEAD")
        desk = request.path_info.startswith(settings.DESK)
        if reads or desk or getattr(view, "csrf_exempt", False):
            return None
        return HttpResponseNotAllowed(["GET", "HEAD"])
