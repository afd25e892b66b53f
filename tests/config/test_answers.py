"""A public answer is made once for each change of what readers see."""

import gzip

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from claims.correct import correct
from claims.models import Speaker
from config.answers import Answers
from tests.factories import ClaimFactory, UserFactory
from tests.pages import every_page
from tests.raw_sql import committed
from tests.record import verify

pytestmark = pytest.mark.django_db

OWN = {"Age", "X-Request-ID", "RateLimit"}  # what each answer has of its own


@pytest.fixture(autouse=True)
def _room(settings):
    settings.KEPT_BYTES = 16_000_000


@pytest.fixture
def claim():
    claim = ClaimFactory(accepted=True)
    correct(verify(claim), "update", "Une source de plus.", UserFactory())
    committed()
    return claim


def kept(answer) -> bool:
    return "Age" in answer


def asked_twice(client, address, **headers):
    client.get(address, headers=headers)
    return client.get(address, headers=headers)


def test_every_page_is_the_same_when_it_is_kept(client, claim):
    addresses = every_page(claim, claim.speaker, claim.verifications.get(), claim.document)
    for address in addresses:
        made, again = client.get(address), client.get(address)
        if made.streaming or "private" in made["Cache-Control"]:
            continue
        assert kept(again) == (made.status_code == 200), address
        assert again.content == made.content, address
        differing = dict(again.headers.items() ^ made.headers.items()).keys()
        assert differing <= OWN, address


def test_a_kept_page_asks_for_the_last_change_alone(client, claim):
    client.get("/claims/")
    with CaptureQueriesContext(connection) as queries:
        assert kept(client.get("/claims/"))
    assert len(queries) == 1


def test_a_change_that_readers_see_makes_it_anew(client, claim):
    before = client.get(claim.get_absolute_url())
    Speaker.objects.filter(pk=claim.speaker.pk).update(name="Odile Marchand")
    committed()
    after = client.get(claim.get_absolute_url())
    assert not kept(after)
    assert "Odile Marchand" in after.content.decode()
    assert "Odile Marchand" not in before.content.decode()


def test_a_day_makes_it_anew(client, claim, time_machine):
    time_machine.move_to("2026-03-01T12:00Z")
    client.get("/")
    time_machine.move_to("2026-03-02T12:00Z")
    assert not kept(client.get("/"))


def test_after_a_minute_it_is_made_anew(client, claim, monkeypatch):
    clock = [100.0]
    monkeypatch.setattr("config.answers.time.monotonic", lambda: clock[0])
    client.get("/")
    clock[0] += 59
    assert client.get("/")["Age"] == "59"
    clock[0] += 1
    assert not kept(client.get("/"))


def test_who_has_it_already_is_told_so(client, claim):
    answer = client.get("/")
    again = client.get("/", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Tag"] == answer["Cache-Tag"]


def test_what_is_packed_is_kept_apart(client, claim):
    plain, packed = client.get("/"), asked_twice(client, "/", accept_encoding="gzip, br")
    assert kept(packed)
    assert gzip.decompress(packed.content) == plain.content
    same = {"Accept-Encoding": "gzip", "If-None-Match": packed["ETag"]}
    assert client.get("/", headers=same).status_code == 304


@pytest.mark.parametrize(
    "headers", [{"host": "autre.localhost"}, {"accept": "text/html"}, {"accept-encoding": "gzip"}]
)
def test_another_way_of_asking_is_answered_apart(client, claim, headers, settings):
    settings.ALLOWED_HOSTS = ["*"]
    client.get("/claims/?q=pont")
    assert not kept(client.get("/claims/?q=pont", headers=headers))


def test_another_question_is_answered_apart(client, claim):
    client.get("/claims/?q=pont")
    assert not kept(client.get("/claims/?q=gare"))


def test_whoever_is_signed_in_is_answered_alone(client, admin_client, claim):
    client.get("/")
    assert not kept(asked_twice(admin_client, "/"))


def test_a_key_of_the_api_is_answered_alone(client, claim):
    assert not kept(asked_twice(client, "/api/v1/claims/", authorization="Bearer unknown"))


def test_what_is_kept_is_counted_against_the_limits(client, claim, settings):
    settings.API_LIMITS = settings.API_LIMITS | {"anonymous_minute": 2}
    assert kept(asked_twice(client, "/api/v1/claims/"))
    assert client.get("/api/v1/claims/").status_code == 429


def test_a_refusal_is_not_kept(client, claim):
    assert not kept(asked_twice(client, "/claims/nobody/"))


def test_a_form_is_not_kept(client, claim):
    assert not kept(asked_twice(client, "/contact/"))


def test_what_is_too_long_for_the_room_is_not_kept(client, claim, settings):
    settings.KEPT_BYTES = 16_000
    assert not kept(asked_twice(client, "/"))


def test_without_room_nothing_is_kept(client, claim, settings):
    settings.KEPT_BYTES = 0
    assert not kept(asked_twice(client, "/"))


def test_an_answer_of_the_api_is_given_at_its_own_address_alone(client, claim):
    assert kept(asked_twice(client, "/api/v1/claims/"))
    assert client.get("/x/../api/v1/claims/").status_code == 404


def test_a_long_address_takes_its_room(rf):
    answers = Answers(32_000)
    requests = [rf.get(f"/?q={number}{'a' * 8000}") for number in range(10)]
    for request in requests:
        request.resolver_match = None
        answers.keep(answers.key(request), request, HttpResponse("Bonjour"))
    assert answers.get(answers.key(requests[-1]), requests[-1])
    assert answers.get(answers.key(requests[0]), requests[0]) is None
