"""What only a key with a scope may do, and what an extraction costs."""

import json
from datetime import UTC, datetime

import pytest
import time_machine
from django.http import JsonResponse
from django.urls import path
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework.views import APIView

from claims.api.keys.entrance import entrance
from claims.api.keys.scope import Scope
from tests.factories import ApiKeyFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
NOON = datetime(2026, 11, 26, 11, 0, 10, tzinfo=UTC)  # in the newsroom


class Extract(APIView):
    permission_classes = [Scope("extract")]

    @extend_schema(request=None, responses=None)
    def post(self, request):
        request.caller.spent.extract(int(request.query_params.get("length", 10)))
        return JsonResponse({"key": request.auth.name, "user": request.user})


@pytest.fixture
def post(rf):
    def post(key=None, length=10):
        given = key.header if key else {}
        request = rf.post(f"/api/v1/extract/?length={length}", **given)
        with time_machine.travel(NOON, tick=False):
            return entrance(Extract.as_view())(request)

    return post


def said_by(answer) -> str:
    return json.loads(answer.content)["detail"]


def test_a_key_with_the_scope_may(post):
    answer = post(ApiKeyFactory(name="Le Journal", scopes=["match", "extract"]))
    assert (answer.status_code, json.loads(answer.content)) == (
        200,
        {"key": "Le Journal", "user": None},
    )


def test_without_a_key_one_is_asked_for_one(post):
    answer = post()
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="Constat"')
    assert said_by(answer) == "This takes an API key with the scope “extract”."


def test_a_key_without_the_scope_is_told_which(post):
    answer = post(ApiKeyFactory(scopes=["propose"]))
    assert answer.status_code == 403
    assert said_by(answer) == "This API key lacks the scope “extract”."


def test_each_request_is_counted_as_what_it_turned_out_to_be(post):
    key, other = ApiKeyFactory(scopes=["extract"]), ApiKeyFactory(scopes=["propose"])
    for each in (key, key, other):
        post(each)
    counted = [
        (k.usage.get().read, k.usage.get().extract, k.usage.get().refused) for k in (key, other)
    ]
    assert counted == [(0, 2, 0), (0, 0, 1)]


@pytest.mark.parametrize(
    ("length", "spent"), [(0, 1), (1, 1), (10_000, 1), (10_001, 2), (2_000_000, 200)]
)
def test_an_extraction_is_spent_for_every_ten_thousand_characters_begun(post, length, spent):
    key = ApiKeyFactory(scopes=["extract"], extractions_a_day=200)
    assert post(key, length).status_code == 200
    assert key.usage.get().extractions == spent


def test_no_more_are_spent_than_there_are(post):
    key = ApiKeyFactory(scopes=["extract"], extractions_a_day=3)
    answers = [post(key, length) for length in (20_000, 20_000, 10_000, 10_000)]
    assert [answer.status_code for answer in answers] == [200, 429, 200, 429]
    usage = key.usage.get()
    assert (usage.extractions, usage.extract, usage.refused) == (3, 2, 2)


def test_what_is_too_much_is_told_why_and_for_how_long(post):
    answer = post(ApiKeyFactory(scopes=["extract"], extractions_a_day=3), 40_000)
    said = (
        "This takes 4 extractions, more than are left today: the limit is 3. Ask again in 43190 s."
    )
    assert (answer.status_code, said_by(answer)) == (429, said)
    assert answer["Retry-After"] == "43190"


def test_what_is_left_is_told(post):
    answer = post(ApiKeyFactory(scopes=["extract"], extractions_a_day=3), 20_000)
    assert answer["RateLimit-Policy"].endswith('"extractions-day";q=3;w=86400')


def test_there_are_no_other_scopes():
    with pytest.raises(ValueError, match="publish"):
        Scope("publish")


def test_the_schema_says_which_scope_it_takes():
    generator = SchemaGenerator(patterns=[path("api/v1/extract/", Extract.as_view())])
    schema = generator.get_schema(public=True)
    assert schema["paths"]["/api/v1/extract/"]["post"]["security"] == [{"apiKey": ["extract"]}]
    assert schema["components"]["securitySchemes"]["apiKey"]["scheme"] == "bearer"
