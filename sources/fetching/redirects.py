"""Follow redirects, each checked like the first address."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from django.utils.translation import gettext as _

from sources.fetching.addresses import Address
from sources.fetching.exchange import Answer, ask
from sources.fetching.failure import Failed
from sources.fetching.time_limit import TimeLimit

PERMANENT = {301, 308}
REDIRECTS = PERMANENT | {302, 303, 307}
MOST = 5


@contextmanager
def follow(
    address: Address, headers: Callable[[Address], dict[str, str]], limit: TimeLimit
) -> Iterator[Answer]:
    """The first answer that is not a redirect; raises Refused.

    ``headers`` gives those to ask an address with, or raises Refused if it may not be asked.
    ``lasting`` of the answer is the address to ask the next time: where permanent redirects led.
    """
    lasting, permanent = address, True
    for _hop in range(MOST + 1):
        with ask(address, headers(address), limit) as answer:
            location = answer.headers.get("Location", "")
            if answer.status not in REDIRECTS or not location:
                answer.lasting = lasting
                yield answer
                return
        address = address.joined(_text(location))
        permanent = permanent and answer.status in PERMANENT
        lasting = address if permanent else lasting
    raise Failed(_("it redirects more than %(count)d times") % {"count": MOST})


def _text(location: str) -> str:
    """Headers are read as Latin-1; many sites send UTF-8, and spaces."""
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode()
    return location.strip().replace(" ", "%20")
