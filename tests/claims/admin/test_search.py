"""The one search of the desk."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from tests.factories import (
    ClaimFactory,
    DocumentFactory,
    SpeakerFactory,
    UserFactory,
    VerificationFactory,
)
from tests.raw_sql import sql

pytestmark = pytest.mark.django_db

SEARCH = f"/en{reverse('admin:claims_claim_search')}"


def page(client, query: str, **headers) -> str:
    headers = {"accept-language": "en"} | headers
    answer = client.get(SEARCH, {"q": query}, headers=headers)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.fixture
def record():
    # Of some size: the newest ids, which are read first, are not all there are.
    sql("ALTER SEQUENCE claims_claim_id_seq RESTART 1000000")
    return [
        ClaimFactory(quote="Le budget double.", speaker=SpeakerFactory(name="Paul Durand")),
        SpeakerFactory(name="Commission du budget"),
        DocumentFactory(title="Budgets de la ville"),
        VerificationFactory(summary="Le budget ne double pas."),
    ]


def test_claims_speakers_documents_and_verifications_are_found_and_marked(admin_client, record):
    found = page(admin_client, "budget")
    for row, text in zip(
        record,
        [
            "Le <mark>budget</mark> double.",
            "Commission du <mark>budget</mark>",
            "<mark>Budgets</mark> de la ville",
            "Le <mark>budget</mark> ne double pas.",
        ],
        strict=True,
    ):
        name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
        assert f'<a href="{reverse(name, args=[row.pk])}"> <span>{text}</span>' in found


def test_the_speaker_of_a_claim_is_marked_too(admin_client, record):
    assert "Paul <mark>Durand</mark>" in page(admin_client, "durand")


def test_while_one_types_only_what_was_found_comes(admin_client, record):
    found = page(admin_client, "budg", **{"hx-request": "true"})
    assert "<html" not in found
    assert "Le <mark>budget</mark> double." in found


def test_of_many_the_rest_is_in_their_list(admin_client):
    for number in range(11):
        DocumentFactory(title=f"Budget {number}")
    address = f"/en{reverse('admin:sources_document_changelist')}?q=budget"
    found = page(admin_client, "budget")
    assert found.count("<mark>Budget</mark>") == 10
    assert f'href="{address}"' in found


def test_a_slip_is_put_right_and_told(admin_client, record):
    found = page(admin_client, "budgte")
    assert "Nothing was found for “budgte”: this is for “budget”." in found
    assert "Le <mark>budget</mark> double." in found


def test_what_has_most_of_the_words_is_offered_where_nothing_has_all(admin_client, record):
    found = page(admin_client, "le budget double demain")
    assert "Nothing has all of these words: “le budget double demain”." in found
    assert "Le <mark>budget</mark> <mark>double</mark>." in found


def test_nothing_found_is_told(admin_client, record):
    assert "Nothing was found for “xylophone”." in page(admin_client, "xylophone")


def test_nothing_asked_finds_nothing(admin_client, record):
    assert "<mark>" not in page(admin_client, " ")


@pytest.mark.parametrize(
    "query",
    ["mot " * 10_000, "le de la", "!&|:*()%_\\;", "a & | ! <-> ( :*", "\0", "\u202e🗳️", '"' * 3000],
    ids=lambda query: repr(query)[:12],
)
def test_what_nobody_means_is_answered(admin_client, record, query):
    assert "Search" in page(admin_client, query)


def test_what_is_typed_is_text(admin_client):
    assert "<script>alert" not in page(admin_client, "<script>alert(1)</script>")


def test_one_sees_what_one_may_see_otherwise(client, django_user_model, record):
    user = django_user_model.objects.create(username="x", is_staff=True)
    client.force_login(user)
    assert client.get(SEARCH).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="view_claim"))
    found = page(client, "budget")
    assert ("Le <mark>budget</mark> double." in found, "Commission" in found) == (True, False)


def test_it_is_opened_from_every_page(client):
    client.force_login(UserFactory())
    for address in ("admin:index", "admin:claims_claim_changelist"):
        assert "data-search-open" in client.get(reverse(address)).content.decode()


def test_it_needs_as_many_queries_as_the_baseline(admin_client, record, counted_queries):
    with counted_queries("admin search"):
        admin_client.get(SEARCH, {"q": "budget double"})
