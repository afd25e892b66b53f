"""Where events may be sent: addresses of the public web, by https; and hosts the operator trusts.

As of what is fetched (sources/fetching): the connection is made to the very IP address that was
judged, redirects are not followed, and time and size have limits.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

from sources.fetching import addresses
from sources.fetching.addresses import SCHEMES, Address
from sources.fetching.exchange import Answer, ask
from sources.fetching.time_limit import TimeLimit
from sources.refused import Refused


def read(url: str) -> tuple[Address, bool]:
    """Take an address apart, and whether its host is trusted; raises Refused if nothing is sent
    there."""
    parts = urlsplit(url)
    if parts.netloc in settings.WEBHOOK_HOSTS and parts.scheme in SCHEMES:
        query = f"?{parts.query}" if parts.query else ""
        target = iri_to_uri((parts.path or "/") + query)
        port = parts.port or SCHEMES[parts.scheme]
        return Address(parts.scheme, parts.hostname, port, target), True
    address = addresses.read(url)
    if address.scheme != "https":
        raise Refused(_("only addresses that begin with https:// are told"))
    return address, False


@contextmanager
def post(url: str, body: bytes, headers: dict[str, str], limit: TimeLimit) -> Iterator[Answer]:
    """Send it there; raises Refused, and Failed if no answer comes."""
    address, trusted = read(url)
    with ask(address, headers, limit, body=body, trusted=trusted) as answer:
        yield answer
