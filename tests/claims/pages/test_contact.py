"""The contact form, as a browser without script or cookies sends it."""

import re

import pytest
from django.test import Client

from claims import receive as receiving
from claims.models import Message, Sender
from claims.receive import HOUR, Limit
from tests.factories import ClaimFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
PAGE = "/en/contact/"
WRITTEN = {
    "kind": "claim",
    "text": "The mayor promised two schools on Monday.\r\nIs that so?",
    "address": "https://journal.example/schools",
    "name": "Ida",
    "email": "ida@journal.example",
    "website": "",
}


@pytest.fixture
def reader():
    """One whose requests are checked as a browser's are."""
    return Client(enforce_csrf_checks=True)


def send(reader, headers=None, **changes):
    return reader.post(PAGE, WRITTEN | changes, headers=headers)


def shown(answer) -> str:
    return answer.content.decode()


def test_a_message_is_kept_and_has_a_reference(reader):
    answer = send(reader)
    message = Message.objects.get()
    assert (answer.status_code, answer.url) == (302, f"{PAGE}sent/{message.public_id}/")
    assert message.public_id in shown(reader.get(answer.url))
    assert message.text == "The mayor promised two schools on Monday.\nIs that so?"
    assert (message.kind, message.address, message.language) == (
        "claim", "https://journal.example/schools", "en",
    )  # fmt: skip
    assert (message.sender.name, message.sender.email) == ("Ida", "ida@journal.example")


def test_the_page_of_a_reference_that_nobody_has_is_not_there(reader):
    assert reader.get(f"{PAGE}sent/k7m2p9x3qd/").status_code == 404


def test_it_sets_no_cookie(reader):
    for answer in (reader.get(PAGE), send(reader), send(reader, text="")):
        assert not answer.cookies


def test_name_and_e_mail_may_stay_empty(reader):
    send(reader, name="", email="")
    assert Message.objects.exists()
    assert not Sender.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("kind", "", "Choose what it is about."),
        ("kind", "nothing", "Select a valid choice"),
        ("text", "", "Write your message."),
        ("text", "Too short.", "at least 20 characters"),
        ("text", "é" * 5001, "at most 5000 characters"),
        ("text", "Something\x00 that no database takes.", "Null characters are not allowed."),
        ("address", "the paper of yesterday", "This is no address of the web."),
        ("address", "javascript:alert(1)", "This is no address of the web."),
        ("email", "ida", "Write it like name@example.org, or leave it out."),
        ("name", "é" * 201, "at most 200 characters"),
        ("website", "https://spam.example", "Leave this field empty"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(reader, field, value, said):
    typed = WRITTEN | {field: value}
    answer = send(reader, **{field: value})
    page = shown(answer)
    assert answer.status_code == 400
    assert said in page
    assert not Message.objects.exists()
    kept = [typed["name"], typed["email"], "The mayor promised" if field != "text" else value[:9]]
    assert [text for text in kept if text not in page] == []


def test_errors_are_in_french_on_the_french_page(reader):
    page = shown(reader.post("/contact/", WRITTEN | {"email": "ida"}))
    assert "Saisissez une adresse" in page


def test_what_was_typed_is_escaped(reader):
    page = shown(send(reader, text="<script>alert(1)</script> is what they said.", email="x"))
    assert "<script" not in page


def test_5000_characters_with_line_ends_are_taken(reader):
    send(reader, text="\r\n".join(["a" * 99] * 50))
    assert len(Message.objects.get().text) == 4999


def test_an_address_may_lack_its_scheme(reader):
    send(reader, address="journal.example/a")
    assert Message.objects.get().address == "https://journal.example/a"


def test_more_than_a_message_can_be_is_not_read(reader):
    answer = send(reader, text="é" * 40_000)
    assert answer.status_code == 413
    assert "too much" in shown(answer)


class TestAbout:
    def test_a_page_of_this_site_is_filled_in(self, reader):
        page = shown(reader.get(PAGE, {"about": "/claims/k7m2p9x3qd/?as_of=2026-01-01"}))
        assert 'value="http://testserver/claims/k7m2p9x3qd/?as_of=2026-01-01"' in page
        assert _chosen(page) == "correction"

    def test_such_an_address_is_taken(self, reader):
        send(reader, address="http://testserver/claims/k7m2p9x3qd/")
        assert Message.objects.exists()

    @pytest.mark.parametrize("about", ["//evil.example/", "https://evil.example/", "javascript:x"])
    def test_nothing_else_is(self, reader, about):
        assert "evil" not in shown(reader.get(PAGE, {"about": about}))

    def test_the_kind_is_chosen(self, reader):
        assert _chosen(shown(reader.get(PAGE, {"kind": "reply"}))) == "reply"

    def test_every_page_leads_there(self, reader):
        claim = ClaimFactory(accepted=True)
        page = shown(reader.get(claim.get_absolute_url()))
        assert f'href="{PAGE}?about=%2Fen%2Fclaims%2F{claim.public_id}%2F"' in page


def _chosen(page: str) -> str:
    return re.search(r'value="(\w+)"[^>]* checked', page)[1]


class TestFromElsewhere:
    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
        ],
    )
    def test_nothing_is_taken_and_what_was_typed_is_there(self, reader, headers):
        answer = send(reader, headers)
        assert answer.status_code == 403
        assert "The mayor promised" in shown(answer)
        assert not Message.objects.exists()

    @pytest.mark.parametrize(
        "headers", [{}, {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}]
    )
    def test_a_browser_that_says_nothing_or_the_right_thing_is_believed(self, reader, headers):
        assert send(reader, headers).status_code == 302


class TestTooMany:
    @pytest.fixture(autouse=True)
    def _one(self, monkeypatch):
        monkeypatch.setattr(receiving, "LIMITS", [Limit(1, HOUR)])

    def test_is_told_with_how_long_to_wait_and_nothing_typed_is_lost(self, reader):
        send(reader)
        answer = send(reader, text="And a second one within the hour.")
        assert answer.status_code == 429
        assert 3500 < int(answer["Retry-After"]) <= 3600
        assert "Please send yours in 60 minutes." in shown(answer)
        assert "And a second one" in shown(answer)

    @pytest.mark.parametrize(
        ("proxies", "forwarded", "taken"),
        [
            (0, "192.0.2.7", 1),  # Nobody of ours said so.
            (1, "192.0.2.7", 2),
            (1, "192.0.2.7, 192.0.2.1", 1),  # The first is what the visitor says.
            (2, "192.0.2.7, 192.0.2.1", 2),
        ],
    )
    def test_counts_where_our_own_proxy_says_it_came_from(
        self, reader, settings, proxies, forwarded, taken
    ):
        settings.PROXIES = proxies
        reader.post(PAGE, WRITTEN, REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR="192.0.2.1")
        reader.post(PAGE, WRITTEN, REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded)
        assert Message.objects.count() == taken
