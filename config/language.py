"""In which language a request is answered: its address alone says it."""

from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation


class LanguageOfAddress(LocaleMiddleware):
    """Django's middleware without ``Vary: Accept-Language``: nobody's preference is looked at."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Name the language."""
        response.headers.setdefault("Content-Language", translation.get_language())
        return response
