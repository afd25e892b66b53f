"""Which addresses may be fetched: those of the public web, by name and by what the name leads to.

An address is read once, here. What is asked for is built from that reading, and the connection is
made to an IP address that ``resolve`` returned, so there is no second reading and no second look-up
that could come to another result.
"""

import re
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import idna
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

from sources.fetching.failure import Failed
from sources.refused import Refused

SCHEMES = {"http": 80, "https": 443}
PORTS = frozenset(SCHEMES.values())
LONGEST = 2000  # characters, as Document.url

NAME = re.compile(r"(?=.{1,253}$)([a-z0-9_-]{1,63}\.)+[a-z0-9_-]{1,63}")
# As browsers tell them: a host whose last part is a number is an IPv4 address, however written.
NUMBER = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)")
# Names that mean this machine or this network (RFC 6761, 6762, 8375; .internal is ICANN's).
PRIVATE_NAMES = re.compile(r"(?:.*\.)?(?:localhost|localdomain|local|internal|home\.arpa)")

IP = IPv4Address | IPv6Address
# Global by the registry, and yet not the public web.
FORBIDDEN = [
    IPv4Network("168.63.129.16/32"),  # a cloud's inside
    IPv4Network("192.0.0.0/24"),  # protocol assignments, another cloud's inside
    IPv4Network("192.88.99.0/24"),  # 6to4 relays
    IPv6Network("2001::/23"),  # protocol assignments, Teredo among them
    IPv6Network("2001:db8::/32"),  # documentation
    IPv6Network("2002::/16"),  # 6to4, which holds an IPv4 address
    IPv6Network("3fff::/20"),  # documentation
]
UNICAST = IPv6Network("2000::/3")  # all that was ever given out in IPv6
NAT64 = IPv6Network("64:ff9b::/96")  # an IPv4 address, as networks without IPv4 see it


def is_public(ip: IP) -> bool:
    """Whether that address is one of the public internet, and means no other one."""
    if isinstance(ip, IPv6Address) and ip in NAT64:
        return is_public(IPv4Address(int(ip) & 0xFFFFFFFF))
    if isinstance(ip, IPv6Address) and ip not in UNICAST:
        return False
    return ip.is_global and not (
        ip.is_multicast
        or ip.is_reserved
        or any(ip in network for network in FORBIDDEN if network.version == ip.version)
    )


@dataclass(frozen=True)
class Address:
    """One address of the web, taken apart; ``str()`` puts it together again."""

    scheme: str
    host: str  # in ASCII and small letters, without a dot at its end
    port: int
    target: str  # path and query

    @property
    def authority(self) -> str:
        """Host and port, as the Host header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == SCHEMES[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.authority}"

    def __str__(self) -> str:
        return self.origin + self.target

    def at(self, target: str) -> "Address":
        """Another page of the same site."""
        return Address(self.scheme, self.host, self.port, target)

    def joined(self, location: str) -> "Address":
        """Where a redirect from here leads; raises Refused."""
        address = read(urljoin(str(self), location))
        if (self.scheme, address.scheme) == ("https", "http"):
            # Anybody on the way could put other words there, and they would be the publisher's.
            raise Refused(
                _("it redirects from https to http, where what is sent can be changed on the way")
            )
        return address


def is_address(text: str) -> bool:
    """Whether that means an address, fit to be fetched or not, rather than a file."""
    return "://" in text or (
        bool(re.match(r"[a-z][a-z0-9+.-]+:", text, re.IGNORECASE)) and not Path(text).exists()
    )


def shown(url: str) -> str:
    """An address as it may be shown and kept, whatever it is: no password, no endless text."""
    url = re.sub(r"(?<=//)[^/?#]*@", "…@", url.strip()[:LONGEST])
    return url.replace("\0", "\ufffd").encode(errors="replace").decode()


def read(url: str) -> Address:
    """Take an address apart; raises Refused if it may not be fetched whatever it leads to."""
    url = url.strip()
    if len(url) > LONGEST:
        raise Refused(_("it is longer than %(limit)d characters") % {"limit": LONGEST})
    if re.search(r"[\s\x00-\x1f\x7f\\\ud800-\udfff]", url):
        raise Refused(_("it contains spaces, control characters or backslashes"))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _no_address() from None
    if parts.scheme not in SCHEMES:
        raise Refused(_("only addresses that begin with http:// or https:// are fetched"))
    if "@" in parts.netloc:
        raise Refused(_("it contains a user name or password: give the address without them"))
    host = _host(parts.hostname or "")
    if port is None:
        port = SCHEMES[parts.scheme]
    if port not in PORTS:
        raise Refused(
            _("it names port %(port)d: only ports 80 and 443 are fetched") % {"port": port}
        )
    query = f"?{parts.query}" if parts.query else ""
    return Address(parts.scheme, host, port, iri_to_uri((parts.path or "/") + query))


def _no_address() -> Refused:
    return Refused(_("it is not a web address"))


def _host(host: str) -> str:
    """The one way to write it; raises Refused."""
    if not host or "%" in host:
        raise _no_address()
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode()
        except idna.IDNAError:
            raise _no_address() from None
    host = host.removesuffix(".").lower()
    if ":" in host or NUMBER.fullmatch(host):
        try:
            return str(ip_address(host))
        except ValueError:
            raise Refused(
                _("“%(host)s” is not how an IP address is written") % {"host": host}
            ) from None
    if "." not in host or PRIVATE_NAMES.fullmatch(host):
        raise Refused(_("“%(host)s” is not a name of the public web") % {"host": host})
    if not NAME.fullmatch(host):
        raise _no_address()
    return host


def look_up(host: str, port: int) -> list[str]:
    """What the system's resolver answers; it bounds the time itself. Raises OSError."""
    # The dot makes the name whole: no domain of this network is tried behind it.
    answers = socket.getaddrinfo(f"{host}.", port, type=socket.SOCK_STREAM)
    return [answer[4][0] for answer in answers]


def resolve(address: Address) -> list[str]:
    """The IP addresses of its host, every one of them public; raises Refused."""
    ips = named(address)
    for ip in ips:
        if not is_public(ip_address(ip)):
            raise Refused(
                _("%(host)s is not a public address") % {"host": ip}
                if ip == address.host
                else _("“%(host)s” leads to %(ip)s, which is not a public address")
                % {"host": address.host, "ip": ip}
            )
    return ips


def named(address: Address) -> list[str]:
    """The IP addresses of its host, whichever they are; raises Failed where it has none."""
    try:
        return [str(ip_address(address.host))]
    except ValueError:
        return list(dict.fromkeys(_looked_up(address)))


def _looked_up(address: Address) -> list[str]:
    try:
        if ips := look_up(address.host, address.port):
            return ips
    except (OSError, UnicodeError) as error:
        if isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN:
            raise Failed(
                _("the name “%(host)s” cannot be looked up at the moment; try again later")
                % {"host": address.host},
                temporary=True,
            ) from error
    raise Failed(
        _("there is no site named “%(host)s”: check how it is spelt") % {"host": address.host}
    )
