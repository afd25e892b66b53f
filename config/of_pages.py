"""What pages and the desk pass through, and the API does not: it has neither sessions nor forms.

What a browser must know of its answers is always the same (claims/api/headers.py).
"""

from csp.middleware import CSPMiddleware
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.csrf import CsrfViewMiddleware
from django_otp.middleware import OTPMiddleware

from claims.api.headers import DATA


class OfPages:
    """For a middleware that what gives data does without."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(DATA):
            return self.get_response(request)
        return super().__call__(request)


class Policy(OfPages, CSPMiddleware):
    """What a page may load."""


class Sessions(OfPages, SessionMiddleware):
    """Who came before."""


class Tokens(OfPages, CsrfViewMiddleware):
    """That what is sent was written on a page of ours."""


class Authentication(OfPages, AuthenticationMiddleware):
    """Who is signed in."""


class SecondFactor(OfPages, OTPMiddleware):
    """Whether they showed a code besides their password."""


class Messages(OfPages, MessageMiddleware):
    """What is said on the next page."""


class Frames(OfPages, XFrameOptionsMiddleware):
    """Who may show the page within another."""
