"""What nobody means well who asks it: a refusal that names the parameter, quickly; never a fault.

“Quickly” is told by queries: what is refused is not looked for.
"""

import base64
import json
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.api.resources import RESOURCES
from tests.claims.api.sent import Sender, faults
from tests.factories import ApiKeyFactory, ClaimFactory, SpeakerFactory

pytestmark = pytest.mark.django_db
LIST = "/api/v1/claims/"
INJECTIONS = [
    "'; DROP TABLE claims_claim; --",
    "' OR 1=1 --",
    "1) UNION SELECT password FROM auth_user --",
    "%' AND pg_sleep(10) --",
    "(a+)+$",
    "^(.*?,){99}P",
    "\\",
    "%_%",
    "a & | ! ( <-> b:*",
    "$$;$$",
    "{{7*7}}",
]
ODD = {
    "a null byte": "%00",
    "a null byte in words": "a%00b",
    "a lone surrogate": "%ED%A0%80",
    "half of a pair": "%ED%B0%80",
    "broken UTF-8": "%FF%FE",
    "an overlong slash": "%C0%AF",
    "from right to left": "%E2%80%AE%D8%A7",
    "beyond the first plane": "%F0%9F%92%A9",
    "a private sign": "%F4%8F%BF%BF",
    "a hundred accents": quote("e" + "\u0301" * 100),
    "no signs": "%E2%80%8B",
}


def ask(client, address, **kwargs):
    """The answer, never a fault, in JSON."""
    answer = client.get(address, **kwargs)
    assert answer.status_code < 500, (address[:200], answer.content[:300])
    json.loads(answer.content)
    return answer


def refused(client, address, parameter):
    """It is refused, and the problem names the parameter."""
    answer = ask(client, address)
    assert answer.status_code == 400, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert [error["parameter"] for error in answer.json()["errors"]] == [parameter]
    return answer


def encoded(*values):
    text = json.dumps(values, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "limit",
    [
        "0",
        "-1",
        "1000000000",
        "9" * 5000,
        "1e2",
        "1.0",
        "٣",
        "０",
        "NaN",
        "0x10",
        "+5",
        " 5",
        "true",
    ],
)
def test_a_limit_that_is_none_is_refused(client, limit):
    refused(client, f"{LIST}?limit={quote(limit)}", "limit")


@pytest.fixture
def next_cursor(client):
    for _number in range(3):
        ClaimFactory(accepted=True)
    address = client.get(LIST, {"limit": 1}).json()["next"]
    return address.partition("cursor=")[2].partition("&")[0]


class TestACursor:
    def test_works_as_it_was_given(self, client, next_cursor):
        assert ask(client, f"{LIST}?limit=1&cursor={next_cursor}").status_code == 200

    def test_that_is_cut_short_is_refused(self, client, next_cursor):
        refused(client, f"{LIST}?cursor={next_cursor[:-5]}", "cursor")

    def test_of_another_list_is_refused(self, client, next_cursor):
        refused(client, f"/api/v1/speakers/?cursor={next_cursor}", "cursor")

    def test_of_another_order_is_refused(self, client, next_cursor):
        refused(client, f"{LIST}?from=2025&cursor={next_cursor}", "cursor")

    def test_of_words_is_refused_without_words(self, client):
        refused(client, f"{LIST}?cursor=after-20", "cursor")

    def test_of_no_words_is_refused_with_words(self, client, next_cursor):
        refused(client, f"{LIST}?q=école&cursor={next_cursor}", "cursor")

    @pytest.mark.parametrize(
        "values",
        [
            (False, "2025-12-08T12:00:00+00:00", -1),
            (False, "2025-12-08T12:00:00+00:00", 2**63),
            (False, "2025-12-08T12:00:00+00:00", 10**300),
            (False, "2025-12-08T12:00:00+00:00", 1.5),
            (False, "2025-12-08T12:00:00+00:00", True),
            (False, "2025-12-08T12:00:00+00:00", None),
            (False, "2025-12-08T12:00:00+00:00", [1]),
            (False, "2025-12-08T12:00:00", 1),
            (False, "9999-12-31T23:59:59-23:00", 1),
            (False, "0001-01-01T00:00:00+23:00", 1),
            (False, "2025-12-08T12:00:00+00:00' OR 1=1 --", 1),
            (1, "2025-12-08T12:00:00+00:00", 1),
            (False, {"$gt": ""}, 1),
            (False,),
            (),
        ],
        ids=str,
    )
    def test_of_values_that_no_row_has_is_refused(self, client, values):
        refused(client, f"{LIST}?cursor={encoded(*values)}", "cursor")

    @pytest.mark.parametrize(
        "text",
        [
            "0", "-1", "a", "====", "W10", "bnVsbA", "MQ", "e30", "after-", "after--1",
            "after-1e3", "after-٣", "[" * 390, "A" * 8000,
            base64.urlsafe_b64encode(b"[" * 290).decode(), *ODD.values(),
        ],
    )  # fmt: skip
    def test_that_is_none_is_refused(self, client, text):
        refused(client, f"{LIST}?cursor={text}", "cursor")
        refused(client, f"{LIST}?q=a&cursor={text}", "cursor")

    def test_that_is_refused_is_not_looked_for(self, client):
        with CaptureQueriesContext(connection) as queries:
            refused(client, f"{LIST}?cursor=-1", "cursor")
        assert not [one for one in queries.captured_queries if "claims_claim" in one["sql"]]


@pytest.mark.parametrize("page", ["-1", "0", "1", "10000"])
def test_pages_by_number_are_unknown(client, page):
    refused(client, f"{LIST}?page={page}", "page")
    refused(client, f"{LIST}?offset={page}", "offset")


def parameters():
    """Each list with each of its filters."""
    from claims.api.endpoints import router

    for name, viewset, _base in router.registry:
        for parameter in viewset(request=None, resource=RESOURCES[name]).names():
            yield name, parameter


@pytest.mark.parametrize(("name", "parameter"), list(parameters()))
class TestAFilter:
    def test_takes_code_for_words(self, client, name, parameter):
        ClaimFactory(accepted=True, speaker=SpeakerFactory(name="Ève"))
        for code in INJECTIONS:
            answer = ask(client, f"/api/v1/{name}/?{parameter}={quote(code)}")
            if answer.status_code == 200 and parameter != "q":  # Some are words as well.
                assert answer.json()["results"] == []
            if answer.status_code == 400:
                assert answer.json()["errors"][0]["parameter"] == parameter

    def test_takes_odd_signs(self, client, name, parameter):
        for text in ODD.values():
            answer = ask(client, f"/api/v1/{name}/?{parameter}={text}")
            assert answer.status_code in (200, 400)
            if answer.status_code == 400:
                assert answer.json()["errors"][0]["parameter"] == parameter

    def test_takes_eight_kilobytes(self, client, name, parameter):
        assert ask(client, f"/api/v1/{name}/?{parameter}={'a' * 8000}").status_code in (200, 400)

    def test_takes_no_empty_value(self, client, name, parameter):
        refused(client, f"/api/v1/{name}/?{parameter}=", parameter)

    def test_is_given_once_unless_it_is_a_list(self, client, name, parameter):
        if (name, parameter) != ("claims", "speaker"):
            refused(client, f"/api/v1/{name}/?{parameter}=a&{parameter}=b", parameter)


@pytest.mark.parametrize(
    "day",
    ["0000", "0000-01-01", "10000", "10000-01-01", "9999-12-31", "2025-02-30", "2025-13",
     "2025-1", "-2025", "+2025", "٢٠٢٥", "2025-W49", "20251203", "2025-12-03T00:00", "hier", "0"],
)  # fmt: skip
@pytest.mark.parametrize("parameter", ["from", "to"])
def test_a_date_that_is_none_is_refused(client, parameter, day):
    refused(client, f"{LIST}?{parameter}={quote(day)}", parameter)


@pytest.mark.parametrize(
    ("name", "parameter"),
    [("documents", "published_from"), ("developments", "occurred_to"), ("forecasts", "due_from")],
)
@pytest.mark.parametrize("day", ["0000", "10000", "9999-12-31", "2025-02-30", "٢٠٢٥"])
def test_a_date_of_another_list_that_is_none_is_refused(client, name, parameter, day):
    refused(client, f"/api/v1/{name}/?{parameter}={quote(day)}", parameter)


@pytest.mark.parametrize(
    "moment",
    ["0000-01-01T00:00Z", "10000-01-01T00:00Z", "2025-12-03T25:00Z", "1e9", "infinity", "now"],
)
def test_a_time_that_is_none_is_refused(client, moment):
    refused(client, f"/api/v1/verifications/?published_from={moment}", "published_from")


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00Z"]
)
def test_a_time_at_the_end_of_the_calendar_is_no_fault(client, moment):
    ask(client, f"/api/v1/verifications/?published_from={moment}")
    ask(client, f"/api/v1/corrections/?made_to={moment}")


@pytest.mark.parametrize(
    "day", ["0000-01-01", "10000-01-01", "9999-12-31", "2025-02-30", "٢٠٢٥-01-01", "%00", "now"]
)
def test_a_past_that_is_none_is_refused(client, day):
    refused(client, f"{LIST}?as_of={day if day == '%00' else quote(day)}", "as_of")


@pytest.mark.parametrize("parameter", ["fields", "include"])
@pytest.mark.parametrize(
    "text", ["", ",", "id,", "*", "__all__", "pk", "speaker__name", "sentence..document",
             "speaker.speaker.speaker", "standing", "%00", "../../etc/passwd", "a" * 8000]
)  # fmt: skip
def test_fields_that_are_none_are_refused(client, parameter, text):
    if (parameter, text) != ("fields", "standing"):
        refused(client, f"{LIST}?{parameter}={text}", parameter)


def test_so_much_is_not_included(client):
    refused(client, f"{LIST}?include={','.join(['speaker'] * 11)}", "include")


def test_hundreds_of_unknown_parameters_are_refused_by_the_first(client):
    refused(client, f"{LIST}?{'&'.join(f'x{n}=1' for n in range(800))}", "x0")


def test_more_parameters_than_are_read_are_a_refusal(client):
    address = f"{LIST}?{'&'.join(f'x{n}=1' for n in range(1500))}"
    assert ask(client, address).status_code == 400


def test_a_name_of_eight_kilobytes_is_told_in_short(client):
    answer = ask(client, f"{LIST}?{'x' * 8000}=1")
    assert (answer.status_code, len(answer.json()["detail"]) < 200) == (400, True)


@pytest.mark.parametrize("resource", RESOURCES)
@pytest.mark.parametrize(
    "name",
    [*ODD.values(), "-1", "0", "٣", "9" * 400, "1-", "-", "a-b-c", "1-false-1", "..%2f..%2f",
     quote("' OR 1=1 --"), "a" * 4000],
)  # fmt: skip
def test_an_id_that_is_none_is_not_found(client, resource, name):
    answer = ask(client, f"/api/v1/{resource}/{name}/")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_ten_megabytes_for_what_is_only_read_are_not_taken(client, method):
    body = b"[" * 10_000_000
    answer = getattr(client, method)("/api/v1/speakers/", body, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")


def test_a_body_where_none_is_read_changes_nothing(client):
    claim = ClaimFactory(accepted=True)
    body = b"[" * 100_000
    answer = client.generic("GET", LIST, body, content_type="application/json")
    assert [row["id"] for row in answer.json()["results"]] == [claim.public_id]


WRITTEN = ["claims/", "developments/", "evidence/", "extract", "match"]
BODIES = {
    "ten megabytes": (b'{"text": "' + b"a" * 10_000_000 + b'"}', 413),
    "a hundred thousand brackets": (b"[" * 100_000, 400),
    "a hundred thousand brackets, closed": (b"[" * 100_000 + b"]" * 100_000, 400),
    "fifty thousand objects": (b'{"text":' * 50_000, 400),
    "nothing": (b"", 400),
    "null": (b"null", 400),
    "a list": (b"[]", 400),
    "a text": (b'"text"', 400),
    "a lone surrogate": (b'{"text": "\\ud800"}', 400),
    "a null byte": (b'{"text": "a\\u0000b"}', 400),
    "another encoding": ('{"text": "é"}'.encode("utf-16"), 400),
    "no number": (b'{"text": NaN}', 400),
    "a number of many digits": (b'{"text": ' + b"9" * 5000 + b"}", 400),
    "an unknown member": (b'{"speeker": "x"}', 400),
    "a text that is a number": (b'{"text": 1, "title": 1, "document": 1}', 400),
}


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("address", WRITTEN)
def test_a_body_that_is_none_is_refused(client, address, body):
    key = ApiKeyFactory(scopes=["extract", "match", "propose"])
    sent, status = BODIES[body]
    answer = client.post(f"/api/v1/{address}", sent, content_type="application/json", **key.header)
    assert answer.status_code == status, answer.content[:300]
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("address", WRITTEN)
def test_a_body_of_another_form_is_refused(client, address):
    key = ApiKeyFactory(scopes=["extract", "match", "propose"])
    answer = client.post(f"/api/v1/{address}", {"text": "x"}, **key.header)
    assert answer.status_code == 415


@pytest.mark.parametrize("address", WRITTEN)
def test_ten_megabytes_without_a_key_are_not_taken(client, address):
    body, _status = BODIES["ten megabytes"]
    answer = client.post(f"/api/v1/{address}", body, content_type="application/json")
    assert answer.status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept": "text/html"},
        {"Accept": "image/png;q=1, ;;;"},
        {"Accept-Language": "xx-\ud800".encode("utf-8", "replace").decode() * 500},
        {"If-None-Match": '"' * 1000},
        {"If-None-Match": "*"},
        {"If-Modified-Since": "Thu, 32 Foo 9999 99:99:99 GMT"},
        {"Range": "bytes=0-,-1"},
        {"Authorization": "Bearer " + "a" * 7000},
        {"Authorization": "Basic %%%"},
        {"X-Forwarded-For": "' OR 1=1"},
        {"X-HTTP-Method-Override": "DELETE"},
    ],
    ids=str,
)
def test_odd_headers_are_no_fault(client, headers):
    answer = client.get(LIST, headers=headers)
    assert answer.status_code in (200, 304, 401)


HALF = "\ud800"


@pytest.mark.parametrize(
    ("address", "body", "pointer"),
    [
        ("/api/v1/match", {"text": "a b", HALF: 1}, "#/?"),
        ("/api/v1/match", {"text": "a b", "said_on": HALF}, "#/said_on"),
        ("/api/v1/claims/", {"kind": HALF}, "#/kind"),
    ],
)
def test_half_of_a_character_in_a_body_is_told_of_as_any_other_fault(address, body, pointer):
    assert pointer in faults(Sender("match", "propose").send(address, body))
