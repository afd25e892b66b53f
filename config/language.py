"""In which language a request is answered: its address alone says it.

What the API gives is the same in every language; what it says of faults, and nothing else, is in
the one its reader prefers.
"""

from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

API = "/api/v1/"


class LanguageOfAddress(LocaleMiddleware):
    """Django's middleware without ``Vary: Accept-Language``: nobody's preference is looked at."""

    def process_request(self, request: HttpRequest) -> None:
        """Speak it."""
        if request.path_info.startswith(API):
            translation.activate(translation.get_language_from_request(request))
        else:
            super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Name the language, but of what is in none; faults of the API name theirs themselves."""
        if request.path_info.startswith(API):
            return response
        response.headers.setdefault("Content-Language", translation.get_language())
        return response
