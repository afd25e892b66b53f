"""One request and its answer, over a connection to an IP address that was found to be public."""

import ssl
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from http.client import HTTPException

import certifi
from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NewConnectionError,
    ReadTimeoutError,
)
from urllib3.response import HTTPResponse

from sources.fetching.addresses import Address, named, resolve
from sources.fetching.failure import Failed
from sources.fetching.time_limit import TimeLimit
from sources.refused import Refused

AGENT = "Constat"
CONNECT, READ = 10, 20  # seconds until connected; until the next bytes come
PIECE = 64 * 1024
COMPRESSED = {"gzip", "x-gzip", "deflate"}


class Answer:
    """What a site answered; its body is still to be read."""

    def __init__(self, address: Address, response: HTTPResponse, limit: TimeLimit):
        self.address = self.lasting = address
        self.status = response.status
        self.headers = response.headers
        self._response = response
        self._limit = limit

    def whole(self, most: int) -> bytes:
        """The body, decompressed; raises Refused if it takes more than ``most`` bytes."""
        announced = self._response.length_remaining or 0
        body, complete = (b"", False) if announced > most else self._read(most)
        if not complete:
            raise Refused(
                _("it is larger than the limit of %(limit)s bytes")
                % {"limit": number_format(most, force_grouping=True)}
            )
        return body

    def start(self, most: int) -> bytes:
        """The first ``most`` bytes of the body, decompressed."""
        return self._read(most)[0]

    def _read(self, most: int) -> tuple[bytes, bool]:
        """``most`` bytes and whether that is all. No more is ever held, or taken from the wire."""
        inflater = self._inflater()
        body, wire = bytearray(), 0
        while piece := self._response.read1(PIECE, decode_content=False):
            wire += len(piece)
            body += inflater.feed(piece, most + 1 - len(body)) if inflater else piece
            if max(wire, len(body)) > most:
                return bytes(body[:most]), False
        # A connection that was cut looks like one at its end.
        self._limit.left()
        if wire and inflater and not inflater.complete:
            raise zlib.error("incomplete")
        return bytes(body), True

    def _inflater(self) -> "Inflater | None":
        encoding = self.headers.get("Content-Encoding", "").strip().lower()
        if encoding in ("", "identity"):
            return None
        if encoding not in COMPRESSED:
            raise Refused(
                _("the site compresses it in a way that was not asked for (%(encoding)s)")
                % {"encoding": encoding[:40]}
            )
        return Inflater()


class Inflater:
    """Decompresses gzip and deflate piece by piece, never more than it is told."""

    def __init__(self):
        self._stream = self._begin()

    @staticmethod
    def _begin():
        return zlib.decompressobj(zlib.MAX_WBITS | 32)  # by its header, gzip or zlib

    @property
    def complete(self) -> bool:
        return self._stream.eof

    def feed(self, piece: bytes, most: int) -> bytes:
        """What ``piece`` holds, ``most`` bytes of it; what is left over then is lost."""
        inflated = bytearray()
        while piece and len(inflated) < most:
            if self._stream.eof:  # Another gzip member follows.
                self._stream = self._begin()
            inflated += self._stream.decompress(piece, most - len(inflated))
            piece = self._stream.unconsumed_tail or self._stream.unused_data
        return bytes(inflated)


@contextmanager
def ask(
    address: Address,
    headers: dict[str, str],
    limit: TimeLimit,
    *,
    body: bytes | None = None,
    trusted: bool = False,
) -> Iterator[Answer]:
    """GET that address, or POST a ``body`` to it; raises Refused, and Failed if no answer comes.

    A host that is ``trusted`` need not be public.
    """
    with _told(address, limit):
        ips = named(address) if trusted else resolve(address)
        connection = _connected(address, ips, limit)
        with closing(connection), limit.cuts(connection.sock):
            connection.timeout = READ
            connection.request(
                "GET" if body is None else "POST",
                address.target,
                body=body,
                headers={
                    "Host": address.authority,
                    "User-Agent": _agent(),
                    "Accept-Encoding": "gzip",
                    "Connection": "close",
                    **headers,
                },
                preload_content=False,
                decode_content=False,
            )
            with closing(connection.getresponse()) as response:
                yield Answer(address, response, limit)


def _agent() -> str:
    """Who asks, and where a site can complain."""
    return f"{AGENT}/1.0 (+{settings.CONTACT})" if settings.CONTACT else f"{AGENT}/1.0"


def _connected(address: Address, ips: list[str], limit: TimeLimit) -> HTTPConnection:
    """A connection to the first of the host's IP addresses that takes one."""
    refused = None
    for ip in ips:
        connection = _connection(address, ip, min(CONNECT, limit.left()))
        try:
            connection.connect()
        except (NewConnectionError, ConnectTimeoutError) as error:
            connection.close()
            refused = error
        except BaseException:
            connection.close()
            raise
        else:
            return connection
    raise refused


def _connection(address: Address, ip: str, timeout: float) -> HTTPConnection:
    """Goes to ``ip``; name, certificate and Host header are those of the address."""
    if address.scheme == "http":
        return HTTPConnection(ip, address.port, timeout=timeout)
    return HTTPSConnection(
        ip,
        address.port,
        timeout=timeout,
        server_hostname=address.host,
        ssl_context=trusted(),
    )


@cache
def trusted() -> ssl.SSLContext:
    """Whose certificates count: those this system trusts, and Mozilla's list."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


@contextmanager
def _told(address: Address, limit: TimeLimit) -> Iterator[None]:
    """Say in one sentence what went wrong on the way."""
    try:
        yield
    except (HTTPError, HTTPException, OSError, zlib.error) as error:
        limit.left()  # Raises if that is what went wrong.
        reason, temporary = _reason(error)
        raise Failed(reason % {"host": address.host}, temporary=temporary) from error


def _reason(error: Exception) -> tuple[str, bool]:
    match error:
        case ssl.SSLCertVerificationError():
            return _("the certificate of “%(host)s” is not valid"), False
        case ssl.SSLError():
            return _("no secure connection to “%(host)s” could be made"), False
        case NewConnectionError():
            return _("“%(host)s” cannot be reached; try again later"), True
        case ReadTimeoutError() | ConnectTimeoutError() | TimeoutError():
            return _("“%(host)s” does not answer in time; try again later"), True
        case zlib.error():
            return _("“%(host)s” sent something compressed that is damaged"), True
        case _:
            return _("“%(host)s” broke off its answer or sent a broken one; try again later"), True
