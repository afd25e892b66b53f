"""One request over real sockets: what is sent, to whom, and how it ends when it goes wrong."""

import gzip
import itertools
import socket
import ssl
import time
import tracemalloc
import zlib
from contextlib import contextmanager

import pytest
import trustme
from django.utils import timezone

from sources.fetching import addresses, exchange
from sources.fetching.exchange import ask
from sources.fetching.failure import Failed
from sources.fetching.time_limit import TimeLimit
from sources.refused import Refused
from tests.web import Web, answer

pytestmark = pytest.mark.usefixtures("english")

MOST = 100_000  # bytes


def get(web, path="/", *, seconds=10, most=MOST, **headers):
    """The body of a page of ``web``."""
    limit = TimeLimit(timezone.now(), seconds)
    with ask(addresses.read(web.origin + path), headers, limit) as given:
        return given.whole(most)


def forever(*pieces, pause=0.0):
    """A page that begins with the first pieces and then sends the last one for ever."""

    def page(send):
        *first, again = pieces
        for piece in itertools.chain(first, itertools.repeat(again)):
            send(piece)
            time.sleep(pause)

    return page


@contextmanager
def within(seconds=10, megabytes=2):
    """Neither longer nor with more memory than this."""
    tracemalloc.start()
    start = time.monotonic()
    try:
        yield
        assert time.monotonic() - start < seconds
        assert tracemalloc.get_traced_memory()[1] < megabytes * 1e6
    finally:
        tracemalloc.stop()


def test_the_site_sees_who_asks_for_what(web, settings):
    settings.CONTACT = "https://constat.example/robot"
    web.pages["/a?b=%C3%A9"] = answer(b"mots")
    assert get(web, "/a?b=é", Accept="text/plain") == b"mots"
    _path, headers = web.asked[0]
    assert dict(headers) == {
        "Host": f"journal.test:{web.port}",
        "User-Agent": "Constat/1.0 (+https://constat.example/robot)",
        "Accept-Encoding": "gzip",
        "Connection": "close",
        "Accept": "text/plain",
    }


def test_nothing_but_the_address_that_was_judged_is_connected_to(web, monkeypatch):
    web.pages["/"] = answer(b"mots")
    answers = itertools.chain([["127.0.0.1"]], itertools.repeat(["127.0.0.2"]))
    monkeypatch.setattr(addresses, "look_up", lambda host, port: next(answers))
    asked = []
    getaddrinfo = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *a, **k: asked.append(host) or getaddrinfo(host, *a)
    )
    assert get(web) == b"mots"
    assert asked == ["127.0.0.1"]


def test_a_host_that_moves_inside_is_refused_before_it_is_connected_to(web, monkeypatch):
    web.pages["/"] = answer(b"mots")
    answers = iter([["127.0.0.1"], ["127.0.0.2"]])
    monkeypatch.setattr(addresses, "look_up", lambda host, port: next(answers))
    inside = Web("127.0.0.2", web.port)
    try:
        get(web)
        with pytest.raises(Refused, match=r"127\.0\.0\.2"):
            get(web)
        assert inside.connections == 0
    finally:
        inside.close()


def test_a_second_address_is_tried_where_the_first_takes_no_connection(web, monkeypatch):
    web.pages["/"] = answer(b"mots")
    judge = addresses.is_public
    monkeypatch.setattr(addresses, "is_public", lambda ip: str(ip) == "127.0.0.3" or judge(ip))
    monkeypatch.setattr(addresses, "look_up", lambda host, port: ["127.0.0.3", "127.0.0.1"])
    assert get(web) == b"mots"


def test_a_host_that_takes_no_connection_may_later(open_loopback, monkeypatch):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setattr(addresses, "PORTS", {port})
    limit = TimeLimit(timezone.now(), 5)
    with (
        pytest.raises(Failed, match="cannot be reached") as failure,
        ask(addresses.read(f"http://journal.test:{port}/"), {}, limit),
    ):
        pass
    assert failure.value.temporary


class TestSecure:
    @pytest.fixture
    def authority(self, monkeypatch):
        authority = trustme.CA()
        context = ssl.create_default_context()
        authority.configure_trust(context)
        monkeypatch.setattr(exchange, "trusted", lambda: context)
        return authority

    @staticmethod
    def secure(web, authority, name):
        web.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(name).configure_cert(web.context)

    def test_name_and_certificate_are_those_of_the_host(self, web, authority):
        self.secure(web, authority, "journal.test")
        named = []
        web.context.sni_callback = lambda sock, name, context: named.append(name)
        web.pages["/"] = answer(b"mots")
        assert get(web) == b"mots"
        assert named == ["journal.test"]

    def test_a_certificate_of_another_host_is_refused(self, web, authority):
        self.secure(web, authority, "autre.test")
        with pytest.raises(Failed, match="certificate") as failure:
            get(web)
        assert not failure.value.temporary
        assert web.asked == []

    def test_a_certificate_nobody_vouches_for_is_refused(self, web, authority):
        self.secure(web, trustme.CA(), "journal.test")
        with pytest.raises(Failed, match="certificate"):
            get(web)

    def test_a_site_that_does_not_speak_it_is_told(self, web, authority):
        address = addresses.read(web.origin.replace("http:", "https:"))
        with (
            pytest.raises(Failed, match="secure connection"),
            ask(address, {}, TimeLimit(timezone.now(), 5)),
        ):
            pass

    def test_a_slow_drip_ends(self, web, authority):
        self.secure(web, authority, "journal.test")
        web.pages["/"] = forever(b"HTTP/1.1 200 OK\r\n\r\n", b"a", pause=0.05)
        with within(), pytest.raises(Failed, match="within 1 seconds"):
            get(web, seconds=1)


def test_the_lists_of_certificates_are_those_of_the_system_and_mozilla():
    context = exchange.trusted()
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.cert_store_stats()["x509_ca"] > 50


class TestSize:
    def test_a_body_as_large_as_the_limit_is_taken(self, web):
        web.pages["/"] = answer(b"a" * MOST)
        assert len(get(web)) == MOST

    @pytest.mark.parametrize("length", [MOST + 1, "9" * 30, None])
    def test_a_larger_one_is_refused(self, web, length):
        web.pages["/"] = answer(b"a" * (MOST + 1), Content_Length=length)
        with pytest.raises(Refused, match="100,000 bytes"):
            get(web)

    def test_a_length_above_the_limit_is_believed(self, web):
        web.pages["/"] = forever(answer(Content_Length=10**9), b"", pause=0.1)
        with within(), pytest.raises(Refused, match="limit"):
            get(web)

    @pytest.mark.parametrize("piece", [b"a" * 4096, b"1000\r\n" + b"a" * 4096 + b"\r\n"])
    def test_an_endless_body_ends(self, web, piece):
        chunked = "chunked" if piece.startswith(b"1") else None
        web.pages["/"] = forever(answer(Content_Length=None, Transfer_Encoding=chunked), piece)
        with within(megabytes=1), pytest.raises(Refused, match="limit"):
            get(web)

    def test_the_start_of_an_endless_body_can_be_had(self, web):
        web.pages["/"] = forever(answer(Content_Length=None), b"a" * 4096)
        with ask(addresses.read(web.origin), {}, TimeLimit(timezone.now(), 5)) as given:
            assert given.start(10_000) == b"a" * 10_000


class TestCompressed:
    @pytest.mark.parametrize(
        ("coding", "compress"),
        [
            ("gzip", gzip.compress),
            ("GZIP", gzip.compress),
            ("x-gzip", gzip.compress),
            ("deflate", zlib.compress),
            ("identity", bytes),
            ("gzip", lambda body: gzip.compress(body[:9]) + gzip.compress(body[9:])),
        ],
    )
    def test_it_is_decompressed(self, web, coding, compress):
        body = "Des mots, et d’autres mots.".encode() * 50
        web.pages["/"] = answer(compress(body), Content_Encoding=coding)
        assert get(web) == body

    def test_a_bomb_ends(self, web):
        bomb = gzip.compress(bytes(50_000_000))
        web.pages["/"] = answer(bomb, Content_Encoding="gzip")
        with within(megabytes=1), pytest.raises(Refused, match="limit"):
            get(web)

    def test_a_bomb_that_becomes_nothing_ends_too(self, web):
        web.pages["/"] = forever(
            answer(Content_Length=None, Content_Encoding="gzip"), gzip.compress(b"") * 1000
        )
        with within(), pytest.raises(Refused, match="limit"):
            get(web)

    @pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "x" * 5000])
    def test_a_way_that_was_not_asked_for_is_refused(self, web, coding):
        web.pages["/"] = answer(b"mots", Content_Encoding=coding)
        with pytest.raises(Refused, match="compresses"):
            get(web)

    @pytest.mark.parametrize(
        "body", [gzip.compress(b"mots" * 99)[:-9], b"mots" * 99], ids=["cut short", "not at all"]
    )
    def test_what_is_damaged_is_told(self, web, body):
        web.pages["/"] = answer(body, Content_Encoding="gzip")
        with pytest.raises(Failed, match="damaged"):
            get(web)


class TestTime:
    @pytest.mark.parametrize(
        "pieces",
        [
            (b"H",),
            (b"HTTP/1.1 200 OK\r\nA: ", b"a"),
            (b"HTTP/1.1 200 OK\r\n", b"A: a\r\n"),
            (b"HTTP/1.1 100 Continue\r\n\r\n",),
            (answer(Content_Length=99_999), b"a"),
            (answer(Content_Length=None), b"a"),
            (answer(Content_Length=None, Transfer_Encoding="chunked"), b"1\r\na\r\n"),
            (answer(Content_Length=None, Transfer_Encoding="chunked"), b"0"),
            (answer(Content_Length=None, Transfer_Encoding="chunked"), b"0\r\n", b"a: b\r\n"),
            (answer(Content_Length=None, Content_Encoding="gzip"), gzip.compress(b"", mtime=0)),
        ],
    )
    def test_a_slow_drip_ends(self, web, pieces):
        web.pages["/"] = forever(*pieces, pause=0.02)
        with within(), pytest.raises(Failed, match=r"within 1 seconds|broken one"):
            get(web, seconds=1)

    def test_silence_ends(self, web):
        web.pages["/"] = forever(b"", pause=0.05)
        with within(), pytest.raises(Failed, match="within 1 seconds") as failure:
            get(web, seconds=1)
        assert failure.value.temporary

    def test_silence_ends_before_the_whole_time_is_over(self, web, monkeypatch):
        monkeypatch.setattr(exchange, "READ", 0.2)
        web.pages["/"] = forever(answer(Content_Length=9), b"", pause=0.05)
        with within(), pytest.raises(Failed, match="in time"):
            get(web, seconds=60)

    def test_a_fast_stream_that_never_ends_its_headers_ends(self, web):
        web.pages["/"] = forever(b"HTTP/1.1 200 OK\r\n", b"A: a\r\n")
        with within(), pytest.raises(Failed):
            get(web, seconds=2)


class TestBroken:
    @pytest.mark.parametrize(
        "page",
        [
            b"",
            b"SSH-2.0-OpenSSH_9.9\r\n\r\n",
            b"HTTP/1.1 OK\r\n\r\n",
            answer(b"mots", Content_Length=99),
            answer(b"4\r\nmots\r\n", Content_Length=None, Transfer_Encoding="chunked"),
            answer(b"zz\r\nmots\r\n", Content_Length=None, Transfer_Encoding="chunked"),
            b"HTTP/1.1 200 OK\r\n" + b"A: " + b"a" * 70_000 + b"\r\n\r\n",
        ],
    )
    def test_a_broken_answer_is_told(self, web, page):
        web.pages["/"] = page
        with pytest.raises(Failed, match="broken one") as failure:
            get(web)
        assert failure.value.temporary

    def test_a_length_that_is_too_short_is_the_length(self, web):
        web.pages["/"] = answer(b"mots et plus", Content_Length=4)
        assert get(web) == b"mots"

    @pytest.mark.parametrize("length", ["-1", "beaucoup"])
    def test_a_length_that_is_none_is_not_believed(self, web, length):
        web.pages["/"] = answer(b"mots", Content_Length=length)
        assert get(web) == b"mots"
