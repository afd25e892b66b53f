"""What was uploaded or fetched is kept as bytes that no page and no endpoint gives out."""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import reverse

from tests.factories import ClaimFactory, SnapshotFactory, UserFactory
from tests.record import verify

BYTES = "<script>octets</script>"
WORDS = "<script>mots</script>"
STARTS = ["/", "/en/", "/claims/", "/api/v1/", "/admin/"]
MOST = 400  # addresses
LINK = re.compile(r'(?:href|src|action)="([^"]+)"|"(https?://testserver[^"]+)"')
ELSEWHERE = re.compile(r"^/static/|logout|jsi18n|[?&](?!format)|/i18n/")


@pytest.fixture
def snapshot(db):
    snapshot = SnapshotFactory(
        text=f"La maire promet deux écoles {WORDS}.",
        original=BYTES.encode(),
        media_type="text/html",
    )
    verify(ClaimFactory(accepted=True, sentence__snapshot=snapshot))
    return snapshot


@pytest.fixture
def answers(client, snapshot):
    """Every address that is linked, from the pages, the admin and the API, with its answer."""
    client.force_login(UserFactory(is_superuser=True))
    waiting, answers = list(STARTS), {}
    while waiting and len(answers) < MOST:
        address = waiting.pop(0)
        if address in answers:
            continue
        answer = answers[address] = client.get(address, follow=True)
        if answer.streaming or answer.status_code != 200 or answer["Content-Type"] == "image/png":
            continue
        for found in LINK.finditer(unescape(answer.content.decode())):
            target = urlsplit(urljoin(f"http://testserver{address}", found[1] or found[2]))
            path = target.path + (f"?{target.query}" if target.query else "")
            if target.netloc == "testserver" and not ELSEWHERE.search(path):
                waiting.append(path)
    return answers


def test_no_page_and_no_endpoint_answers_with_stored_bytes(answers, snapshot):
    document = snapshot.document
    for name, args in [
        ("document", [document.public_id]),
        ("admin:sources_snapshot_change", [snapshot.pk]),
        ("api-documents-list", []),
    ]:
        assert answers[reverse(name, args=args)].status_code == 200
    assert not [address for address, answer in answers.items() if BYTES.encode() in body(answer)]


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_markup_in_a_text_is_shown_not_run(client, snapshot):
    page = client.get(snapshot.document.get_absolute_url()).content.decode()
    assert "&lt;script&gt;mots" in page
    assert WORDS not in page
