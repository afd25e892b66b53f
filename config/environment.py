"""What the environment says, read once at the start; what makes no sense is refused in a sentence.

docs/operators.md has every variable in its table; a test compares the two.
"""

import os
import re
from ipaddress import IPv4Network, IPv6Network, ip_network
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured

# Every variable that was asked for.
READ: set[str] = set()

SECRET_CHARACTERS = 50
HOST = re.compile(
    r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*", re.IGNORECASE
)
ADDRESS = re.compile(r"\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:.]+\]", re.IGNORECASE)
MAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+|[^<>@]+<[^@\s<>]+@[^@\s<>]+>")


def text(name: str, usual: str = "") -> str:
    """As it is; ``usual`` where it is not set, or empty."""
    READ.add(name)
    return os.environ.get(name, "").strip() or usual


def flag(name: str, usual: bool = False) -> bool:
    """``1`` or ``0``."""
    said = text(name)
    if said not in ("", "0", "1"):
        raise _refusal(name, "must be 0 or 1", said)
    return said == "1" if said else usual


def number(name: str, usual: int, *, least: int = 0) -> int:
    """A whole one, ``least`` at least."""
    said = text(name)
    if said and not re.fullmatch(r"\d{1,15}", said):
        raise _refusal(name, "must be a whole number", said)
    return _at_least(name, int(said) if said else usual, least)


def decimal(name: str, usual: float, *, least: float = 0) -> float:
    """A number, with a decimal point if need be."""
    said = text(name)
    if said and not re.fullmatch(r"\d{1,9}(\.\d{1,9})?", said):
        raise _refusal(name, "must be a number", said)
    return _at_least(name, float(said) if said else usual, least)


def address(name: str, *schemes: str) -> SplitResult | None:
    """An address of one of the schemes; it is not repeated, as it may hold a password."""
    if not (said := text(name)):
        return None
    wanted = " or ".join(f"{scheme}://host" for scheme in schemes)
    try:
        split = urlsplit(said)
        _port = split.port  # Raises ValueError where it is none.
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be an address, {wanted}") from None
    if split.scheme not in schemes or not split.hostname or re.search(r"\s", said):
        raise ImproperlyConfigured(f"{name} must be an address, {wanted}")
    return split


def hosts(name: str, *, ports: bool = False) -> list[str]:
    """Names or addresses of machines, separated by commas; with their ports, if those may be."""
    found = listed(name)
    for host in found:
        bare = re.sub(r":\d{1,5}$", "", host) if ports else host
        if not HOST.fullmatch(bare) and not ADDRESS.fullmatch(bare):
            raise _refusal(
                name, "must be names such as constat.example, separated by commas, without "
                "https:// or a path", host,
            )  # fmt: skip
    return found


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """Addresses or networks, as ``10.0.0.0/8,::1``."""
    found = []
    for each in listed(name):
        try:
            found.append(ip_network(each))
        except ValueError:
            raise _refusal(
                name, "must be IP addresses or networks such as 10.0.0.0/8", each
            ) from None
    return found


def header(name: str) -> str:
    """``Name: value``; not repeated, as it entitles to something."""
    said = text(name)
    if said and not re.fullmatch(r"[A-Za-z0-9-]+: *\S.*", said):
        raise ImproperlyConfigured(f"{name} must be a header, Name: value")
    return said


def mail(name: str, usual: str) -> str:
    """An e-mail address."""
    said = text(name)
    if said and not MAIL.fullmatch(said):
        raise _refusal(name, "must be an e-mail address", said)
    return said or usual


def secret(name: str, *, characters: int = SECRET_CHARACTERS) -> str:
    """Long and mixed enough that nobody guesses it; empty where it is not set."""
    said = text(name)
    if said and (len(said) < characters or len(set(said)) < 5):
        raise ImproperlyConfigured(
            f"{name} is too short, or too simple: it takes {characters} random characters, as from"
            f" python3 -c 'import secrets; print(secrets.token_urlsafe({characters}))'"
        )
    return said


def listed(name: str) -> list[str]:
    """What is separated by commas."""
    return [each for part in text(name).split(",") if (each := part.strip())]


def _at_least(name, value, least):
    if value < least:
        raise _refusal(name, f"must be {least} or more", str(value))
    return value


def _refusal(name: str, wanted: str, said: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} {wanted}, not “{said}”")
