"""What is sent to a page that takes nothing."""

import pytest

from tests.factories import ClaimFactory
from tests.pages import every_page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO"])
def test_no_public_page_takes_what_is_sent(client, method):
    for address in every_page(ClaimFactory(accepted=True)):
        if address == "/contact/" or address.startswith("/api/"):
            continue
        answer = client.generic(method, address)
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD"), address


def test_the_contact_form_takes_messages_only(client):
    assert client.put("/contact/").status_code == 405
    assert client.post("/contact/").status_code == 400


def test_the_api_says_what_it_takes(client):
    assert client.options("/api/v1/claims/").status_code == 200
    assert client.put("/api/v1/claims/").status_code == 405
    assert client.options("/api/docs/").status_code == 405


def test_the_desk_is_written_to(client):
    answer = client.post("/admin/login/", {"username": "x", "password": "y"})
    assert answer.status_code == 200
