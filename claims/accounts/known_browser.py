"""A browser that somebody signed in with before: guesses made elsewhere never lock its owner out.

The cookie is signed, says whose it is, and opens nothing: it has tries of its own, as many as
anybody has for the name. After OWASP's "device cookies".
"""

import secrets

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core import signing
from django.http import HttpRequest, HttpResponse

from claims.accounts.tries import key_of_name

COOKIE = "__Host-known" if settings.PRODUCTION else "known"
SALT = "constat.known-browser"
AGE = 180 * 24 * 3600  # seconds


def known(request: HttpRequest, name: str) -> str | None:
    """What tells this browser from others, if whoever has that name signed in with it before."""
    try:
        whose, which = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=AGE)
    except (signing.BadSignature, ValueError):
        return None
    return f"{whose} {which}" if whose == key_of_name(name) else None


def remember(response: HttpResponse, user: AbstractBaseUser) -> None:
    """That they signed in with the browser this is for."""
    value = [key_of_name(user.get_username()), secrets.token_urlsafe(12)]
    response.set_cookie(
        COOKIE,
        signing.dumps(value, salt=SALT),
        max_age=AGE,
        secure=settings.PRODUCTION,
        httponly=True,
        samesite="Lax",
    )
