"""Where a request comes from, and how much is remembered of it: nothing beyond the day."""

import hashlib
import hmac
import secrets
from datetime import date
from functools import lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address, IPv6Network

from django.conf import settings
from django.http import HttpRequest

from claims.models import Salt


def client_address(request: HttpRequest) -> str:
    """The IP address that asks: the one that the outermost of our own proxies saw."""
    seen = [request.META.get("REMOTE_ADDR", "")]
    if settings.PROXIES:
        forwarded = request.headers.get("X-Forwarded-For", "").split(",")
        seen = [each.strip() for each in forwarded if each.strip()][-settings.PROXIES :] or seen
    return seen[0]


def salt(today: date) -> bytes:
    """That of the day; those of other days are gone with it."""
    Salt.objects.exclude(day=today).delete()
    row, _new = Salt.objects.get_or_create(day=today, defaults={"salt": secrets.token_bytes(32)})
    return bytes(row.salt)


@lru_cache(maxsize=1)
def known_salt(today: date) -> bytes:
    """The same, read once a day by each process; never inside a transaction that may fail."""
    return salt(today)


def hashed(origin: str, salt: bytes) -> str:
    """What is kept of an address: 64 hexadecimal digits that tell nothing without the salt."""
    return hmac.new(salt, _place(origin).encode(), hashlib.sha256).hexdigest()


def _place(origin: str) -> str:
    """Who is given one address of IPv6 is given 2⁶⁴ of them: they are one place."""
    try:
        address = IPv6Address(origin)
    except AddressValueError:
        return origin
    mapped: IPv4Address | None = address.ipv4_mapped
    return str(mapped or IPv6Network((address, 64), strict=False))
