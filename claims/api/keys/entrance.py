"""Before anything else, a request to the API is told by its key or its address, and counted.

This is no part of the views: those that answer from the past read the keys of then, and hold a
transaction open for as long as they take.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.api.headers import FOLDERS
from claims.api.keys.headers import tell
from claims.api.keys.spend import Spent, spend
from claims.api.keys.written import SIGN, Written
from claims.client import client_address, hashed, known_salt
from claims.models import AddressUsage, ApiKey, KeyUsage
from claims.models.api_key import Limits


@dataclass(frozen=True)
class Caller:
    """Who asks: ``key`` is None without one, or with one that opens nothing, as ``refusal`` says;
    ``spent`` is how the request was counted."""

    key: ApiKey | None
    refusal: Promise | None
    spent: Spent


def entrance(get_response: Callable) -> Callable:
    """Middleware, outside of all: puts the Caller at ``request.caller``, and tells the limits."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(FOLDERS):
            return get_response(request)
        request.caller = caller(request, timezone.now())
        response = get_response(request)
        tell(response, request.caller.spent)
        return response

    return middleware


def caller(request: HttpRequest, now: datetime) -> Caller:
    """Who asks; the request is counted."""
    key, refusal = _given(request.headers.get("Authorization", ""), now)
    if key:
        spent = spend(KeyUsage, key.pk, key.limits, now, good=not refusal)
        return Caller(None if refusal else key, refusal, spent)
    usual = settings.API_LIMITS
    limits = Limits(usual["anonymous_minute"], usual["anonymous_day"])
    address = hashed(client_address(request), known_salt(timezone.localdate(now)))
    return Caller(None, refusal, spend(AddressUsage, address, limits, now, good=not refusal))


def _given(authorization: str, now: datetime) -> tuple[ApiKey | None, Promise | None]:
    """The key whose secret is given, and why it opens nothing, if so. What is for others, such as
    a proxy before a site that is not public yet, is passed over."""
    scheme, _space, text = authorization.strip().partition(" ")
    if scheme.lower() != "bearer":
        misplaced = SIGN in authorization
        return None, _("Send the key as: Authorization: Bearer constat_…") if misplaced else None
    written = Written.parse(text.strip())
    key = written and ApiKey.objects.select_related("secret").filter(prefix=written.prefix).first()
    if not key or not constant_time_compare(key.secret.sha256, written.sha256):
        return None, _("No such API key: it is mistyped or was never given out.")
    if key.revoked_at:
        return key, _("This API key was revoked.")
    if key.is_expired(timezone.localdate(now)):
        return key, _("This API key has expired.")
    return key, None
