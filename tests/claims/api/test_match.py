"""Claims checked already, by a sentence."""

import pytest

from claims.merge import merge_speakers
from tests.claims.api.sent import Sender, faults
from tests.factories import (
    ApiKeyFactory,
    ClaimFactory,
    SpeakerFactory,
    UserFactory,
    VerificationFactory,
)
from tests.record import verify

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/match"
SAID = "le pont de Vernaz serait fermé en 2027"


@pytest.fixture
def sender():
    return Sender("match")


def claim(**fields):
    return ClaimFactory(accepted=True, quote=SAID, **fields)


def matches(sender, **body):
    answer = sender.send(ADDRESS, {"text": SAID} | body)
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def test_a_match_says_where_the_claim_stands_and_by_which_verification(sender):
    verified = claim()
    verification = verify(verified)
    (found,) = matches(sender)
    assert found.pop("score") > 0.9
    assert [found] == [
        {
            "claim": verified.public_id,
            "similarity": 1.0,
            "why": ["words"],
            "reasons": [
                {"code": "same date", "first": "2027", "second": "2027"}
                | {"text": "la même date : 2027"},
                {"code": "same name", "first": "Vernaz", "second": "Vernaz"}
                | {"text": "le même nom : Vernaz"},
                {"code": "same words", "first": "pont, fermé", "second": ""}
                | {"text": "les mêmes mots : pont, fermé"},
            ],
            "standing": {
                "basis": "verification",
                "value": "imprecise",
                "verification": verification.public_id,
                "development": None,
                "through": None,
            },
            "verification": verification.public_id,
        }
    ]


def test_claims_nobody_checked_are_given_if_they_are_asked_for(sender):
    unchecked = claim()
    assert matches(sender) == []
    assert [found["claim"] for found in matches(sender, checked=False)] == [unchecked.public_id]


def test_candidates_are_never_given(sender):
    ClaimFactory(quote=SAID)
    assert matches(sender, checked=False) == []


def test_why_names_the_speaker_and_the_time_they_share(sender):
    one = claim()
    (found,) = matches(sender, checked=False, speaker=one.speaker.public_id, said_on="2025-12")
    assert found["why"] == ["words", "speaker", "date"]


def test_the_id_of_a_merged_speaker_means_the_one_kept(sender):
    merged, one = SpeakerFactory(), claim()
    merge_speakers(merged, one.speaker, UserFactory(role="chief"), "La même.")
    (found,) = matches(sender, checked=False, speaker=merged.public_id)
    assert found["why"] == ["words", "speaker"]


def test_the_claims_may_be_included_in_their_own_shape(sender):
    one = claim()
    answer = sender.send(f"{ADDRESS}?include=claim.speaker", {"text": SAID, "checked": False})
    included = answer.json()["included"]
    shown = sender.client.get(f"/api/v1/claims/{one.public_id}/").json()
    assert included["claims"][one.public_id] == shown
    assert list(included["speakers"]) == [one.speaker.public_id]


def test_every_fault_is_told_at_once(sender):
    body = {
        "text": "",
        "said_on": "hier",
        "checked": 1,
        "limit": 21,
        "speaker": "x",
        "langue": "fr",
    }
    found = faults(sender.send(ADDRESS, body))
    assert set(found) == {"#/text", "#/said_on", "#/checked", "#/limit", "#/speaker", "#/langue"}
    assert "text, speaker, said_on, checked, limit" in found["#/langue"]


@pytest.mark.parametrize(
    "text",
    ["a\0b", "\ud800", "x" * 1001, 5, None, ["a"], True, "   "],
    ids=lambda text: repr(text)[:9],
)
def test_what_is_no_sentence_is_refused(sender, text):
    assert list(faults(sender.send(ADDRESS, {"text": text}))) == ["#/text"]


@pytest.mark.parametrize(
    "text",
    [
        "le la les de du",
        "the of and",
        "?!… — « »",
        "%_\\ ' \"",
        "\U0001f600 \u200b",
        "é" * 1000,
        "a " * 500,
    ],
    ids=lambda text: repr(text)[:9],
)
def test_words_that_tell_nothing_have_no_match(sender, text):
    claim()
    assert matches(sender, text=text, checked=False) == []


@pytest.mark.parametrize("text", ["{} & | !", "({}) <-> :*", "'{}':A \\", "!!{}", "{} OR 1=1; --"])
def test_the_syntax_of_a_query_is_no_syntax(sender, text):
    claim()
    assert len(matches(sender, text=text.format(SAID), checked=False)) == 1


def test_a_million_letters_are_too_many(sender):
    answer = sender.send(ADDRESS, {"text": "a" * 1_000_000})
    assert answer.status_code in (400, 413)
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b'{"text": NaN}',
        b'{"text": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b'{"text": "\xff"}',
        b'{"text": "a"} {}',
    ],
)
def test_what_is_no_json_is_refused(sender, body):
    answer = sender.send(ADDRESS, body)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.parametrize("body", [[], "text", 5, None])
def test_what_is_no_object_is_refused(sender, body):
    assert list(faults(sender.send(ADDRESS, body))) == ["#"]


def test_ten_million_bytes_are_not_read(sender):
    answer = sender.send(ADDRESS, b'{"text": "' + b"a" * 10_000_000 + b'"}')
    assert answer.status_code == 413
    assert "650000" in answer.json()["detail"]


def test_an_unknown_parameter_is_named(sender):
    answer = sender.send(f"{ADDRESS}?limit=3", {"text": SAID})
    assert answer.json()["errors"][0]["parameter"] == "limit"


def test_it_takes_the_scope():
    assert Sender("extract").send(ADDRESS, {"text": SAID}).status_code == 403


def test_it_takes_a_key(client):
    answer = client.post(ADDRESS, {"text": SAID}, "application/json")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_it_is_posted(client):
    assert client.get(ADDRESS, {"text": SAID}).status_code in (401, 405)


def test_it_takes_as_many_queries_for_many_matches_as_for_one(sender, counted_queries):
    for _each in range(6):
        VerificationFactory(published=True, claims=[claim()])
    with counted_queries("api match"):
        assert len(matches(sender, limit=5)) == 5


def test_one_sentence_tells_the_fault_and_its_place(sender):
    told = sender.send(ADDRESS, {}, **{"Accept-Language": "en"}).json()
    assert told["detail"] == "#/text: This field is required."


def test_a_body_of_another_form_is_told_what_is_read(client):
    key = ApiKeyFactory(scopes=["match"])
    answer = client.post(ADDRESS, {"text": SAID}, **key.header)
    assert answer.status_code == 415
    assert "application/json" in answer.json()["detail"]


def test_a_slash_at_the_end_does_no_harm(sender):
    assert sender.send(f"{ADDRESS}/", {"text": SAID}).status_code == 200
