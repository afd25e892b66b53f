"""Which addresses may be fetched: no form of one that is not public ever is."""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from sources.fetching import addresses
from sources.fetching.addresses import is_address, is_public, read, resolve, shown
from sources.fetching.failure import Failed
from sources.refused import Refused

pytestmark = pytest.mark.usefixtures("english")

# The special-purpose registries of the IANA, and what our own reading adds.
SPECIAL = [
    ip_network(network)
    for network in """
    0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 168.63.129.16/32 169.254.0.0/16 172.16.0.0/12
    192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24
    203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
    ::/128 ::1/128 ::/96 ::ffff:0:0/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16
    3fff::/20 5f00::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8
    """.split()
]
special_v4 = st.sampled_from([n for n in SPECIAL if n.version == 4]).flatmap(
    lambda network: st.ip_addresses(v=4, network=network)
)
special = st.sampled_from(SPECIAL).flatmap(lambda network: st.ip_addresses(network=network))


@pytest.fixture
def answers(monkeypatch):
    """Have the resolver answer these."""

    def set_answers(*ips):
        monkeypatch.setattr(addresses, "look_up", lambda host, port: list(ips))

    return set_answers


def judged(url):
    """What the connection would be made to."""
    return resolve(read(url))


def dotted(ip):
    return str(ip).split(".")


V4_FORMS = [
    str,
    lambda ip: f"{ip}.",
    lambda ip: str(int(ip)),
    lambda ip: hex(int(ip)),
    lambda ip: f"0{int(ip):o}",
    lambda ip: ".".join(hex(int(part)) for part in dotted(ip)),
    lambda ip: ".".join(f"0{int(part):o}" for part in dotted(ip)),
    lambda ip: ".".join(part.zfill(3) for part in dotted(ip)),
    lambda ip: f"{int(ip) >> 24}.{int(ip) & 0xFFFFFF}",
    lambda ip: f"{int(ip) >> 24}.{int(ip) >> 16 & 255}.{int(ip) & 0xFFFF}",
    lambda ip: "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else "。" for c in str(ip)),
    lambda ip: f"[::ffff:{ip}]",
    lambda ip: f"[::{ip}]",
    lambda ip: f"[64:ff9b::{ip}]",
    lambda ip: f"[64:ff9b:1::{ip}]",
    lambda ip: f"[{IPv6Address(0x2002 << 112 | int(ip) << 80 | 1)}]",
    lambda ip: f"[{IPv6Address(0x20010000 << 96 | 0x41D01D6E << 64 | int(ip) ^ 0xFFFFFFFF)}]",
]


@settings(deadline=None)
@given(special_v4, st.sampled_from(V4_FORMS), st.sampled_from(["http", "https"]))
@example(IPv4Address("169.254.169.254"), str, "http")
def test_no_form_of_an_ipv4_address_that_is_not_public_is_fetched(ip, form, scheme):
    with pytest.raises(Refused):
        judged(f"{scheme}://{form(ip)}/")


@settings(deadline=None)
@given(special.filter(lambda ip: ip.version == 6))
def test_no_ipv6_address_that_is_not_public_is_fetched(ip):
    with pytest.raises(Refused):
        judged(f"http://[{ip}]/")


@settings(deadline=None)
@given(st.ip_addresses())
def test_what_counts_as_public_is_in_no_special_network(ip):
    assume(is_public(ip))
    assert not [network for network in SPECIAL if ip in network]


@settings(deadline=None)
@given(st.lists(st.just(ip_address("93.184.215.14")), max_size=3), special, st.data())
def test_one_address_that_is_not_public_is_enough(public, ip, data):
    at = data.draw(st.integers(0, len(public)))
    answers = [str(a) for a in [*public[:at], ip, *public[at:]]]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(addresses, "look_up", lambda host, port: answers)
        with pytest.raises(Refused, match="leads to"):
            judged("https://journal.test/")


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("http:/[]@.%\\?#0127x localhostéⅠ。\t"), max_size=40))
@example("http://[::1%25lo]/")
@example("http://１２７。0。0。1")
def test_what_is_read_means_the_same_when_it_is_read_again(url):
    try:
        address = read(url)
    except Refused:
        return
    assert read(str(address)) == address


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", "http:// or https://"),
        ("file:/etc/passwd", "http:// or https://"),
        ("ftp://journal.test/", "http:// or https://"),
        ("gopher://journal.test/", "http:// or https://"),
        ("javascript:alert(1)", "http:// or https://"),
        ("data:text/plain,a", "http:// or https://"),
        ("//journal.test/", "http:// or https://"),
        ("", "http:// or https://"),
        ("http://", "not a web address"),
        ("http:///a", "not a web address"),
        ("http://[::1", "not a web address"),
        ("http://[::1%25eth0]/", "not a web address"),
        ("http://[fe80::1%eth0]/", "not a web address"),
        ("http://journal.test:99999/", "not a web address"),
        ("http://journal.test:x/", "not a web address"),
        ("http://jour nal.test/", "spaces"),
        ("http://journal.test\\@127.0.0.1/", "backslashes"),
        ("http://journal.test/a\r\nHost: b", "control"),
        ("http://journal.test/\0", "control"),
        ("http://journal.test/\udcff", "control"),
        ("http://editor:secret@journal.test/", "password"),
        ("http://journal.test@127.0.0.1/", "password"),
        ("http://journal.test:22/", "port 22"),
        ("http://journal.test:0/", "port 0"),
        ("https://journal.test:8080/", "port 8080"),
        ("http://localhost/", "public web"),
        ("http://LOCALHOST./", "public web"),
        ("http://a.localhost/", "public web"),
        ("http://intranet/", "public web"),
        ("http://imprimante.local/", "public web"),
        ("http://metadata.google.internal/", "public web"),
        ("http://2130706433/", "IP address"),
        ("http://0x7f000001/", "IP address"),
        ("http://017700000001/", "IP address"),
        ("http://127.1/", "IP address"),
        ("http://0/", "IP address"),
        ("http://127.0.0.1.:80/", "not a public address"),
        ("http://0.0.0.0/", "not a public address"),
        ("http://[::]/", "not a public address"),
        ("http://[::ffff:127.0.0.1]/", "not a public address"),
        ("http://[fd00:ec2::254]/", "not a public address"),
        ("http://100.100.100.200/", "not a public address"),
        ("http://168.63.129.16/", "not a public address"),
        ("http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", "public web"),
        ("http://127。0。0。1/", "not a public address"),
        ("http://journal..test/", "not a web address"),
        ("http://journal.test%2e/", "not a web address"),
        ("http://" + "a" * 64 + ".test/", "not a web address"),
        ("http://journal.test/" + "a" * 2000, "2000 characters"),
    ],
)
def test_what_is_forbidden_is_refused_in_one_sentence(url, reason):
    with pytest.raises(Refused, match=reason) as refusal:
        judged(url)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("ip", ["8.8.8.8", "2001:4860:4860::8888", "64:ff9b::808:808"])
def test_a_public_address_is_fetched(ip):
    assert judged(f"https://[{ip}]/" if ":" in ip else f"https://{ip}/") == [ip]


@pytest.mark.parametrize(
    ("url", "read_as"),
    [
        ("http://journal.test", "http://journal.test/"),
        ("  HTTPS://Journal.TEST./Une?a=1#bas \n", "https://journal.test/Une?a=1"),
        ("http://journal.test:443/", "http://journal.test:443/"),
        ("https://journal.test:443//a//b", "https://journal.test//a//b"),
        ("https://www.école.fr/été?q=œuf", "https://www.xn--cole-9oa.fr/%C3%A9t%C3%A9?q=%C5%93uf"),
        ("https://journal.test/a%20b?c=%C3%A9", "https://journal.test/a%20b?c=%C3%A9"),
        ("https://r3---a_b.journal.test/", "https://r3---a_b.journal.test/"),
    ],
)
def test_an_address_is_read_as_browsers_do(url, read_as):
    assert str(read(url)) == read_as


def test_a_name_is_looked_up_whole(monkeypatch):
    asked = []

    def getaddrinfo(host, port, **kinds):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", port))]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    assert judged("https://journal.test/") == ["93.184.215.14"]
    assert asked == ["journal.test."]


@pytest.mark.parametrize(
    ("code", "temporary"), [(socket.EAI_NONAME, False), (socket.EAI_AGAIN, True)]
)
def test_a_name_that_is_not_found_is_told(monkeypatch, code, temporary):
    def getaddrinfo(*args, **kinds):
        raise socket.gaierror(code, "")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    with pytest.raises(Failed, match=r"journal\.test") as failure:
        judged("https://journal.test/")
    assert failure.value.temporary is temporary


def test_an_address_that_is_given_twice_is_tried_once(answers):
    answers("93.184.215.14", "93.184.215.14")
    assert judged("https://journal.test/") == ["93.184.215.14"]


@pytest.mark.parametrize(
    ("location", "leads_to"),
    [
        ("/b", "https://journal.test/b"),
        ("//autre.test/b", "https://autre.test/b"),
        ("https://autre.test", "https://autre.test/"),
        ("?p=2", "https://journal.test/a?p=2"),
    ],
)
def test_a_redirect_is_read_from_where_it_stands(location, leads_to):
    assert str(read("https://journal.test/a").joined(location)) == leads_to


@pytest.mark.parametrize("location", ["file:///etc/passwd", "http://journal.test/", "//127.1/"])
def test_a_redirect_is_judged_like_an_address(location):
    with pytest.raises(Refused):
        read("https://journal.test/a").joined(location)


@pytest.mark.parametrize("user", ["a", "a:b", "a:b@c", "a b:c", "a\\b"])
def test_a_password_is_never_shown(user):
    assert shown(f"https://{user}@journal.test/@a") == "https://…@journal.test/@a"


@pytest.mark.parametrize("text", ["https://journal.test/", "file:/etc/passwd", "data:a", "x://y"])
def test_an_address_is_told_from_a_file(text):
    assert is_address(text)


def test_a_file_is_told_from_an_address(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "note:1.txt").touch()
    assert not is_address("note:1.txt")
    assert not is_address("a/b.txt")
