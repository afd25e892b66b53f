import csv
import io
import json

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from claims import roles
from claims.exchange import write
from claims.models import Claim
from tests.factories import ClaimFactory, SpeakerFactory, UserFactory, VerificationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture(autouse=True)
def contributor(client):
    """Whoever may see may take along."""
    client.cookies["django_language"] = "en"
    client.force_login(UserFactory(role=roles.CONTRIBUTOR))


def exported(client, model: str, form: str, **query) -> bytes:
    return client.get(reverse(f"admin:claims_{model}_export", args=[form]), query).getvalue()


def test_it_is_what_the_filters_show_on_all_pages(client):
    candidates = [ClaimFactory() for _number in range(30)]
    ClaimFactory(accepted=True)
    shown = exported(client, "claim", "json", status__exact="candidate")
    assert [item["id"] for item in json.loads(shown)] == [row.public_id for row in candidates]


def test_a_search_counts_too(client):
    SpeakerFactory(name="Paul Blanc")
    SpeakerFactory(name="Jeanne Roux")
    found = exported(client, "speaker", "csv", q="Blanc").decode("utf-8-sig")
    assert [row["Name"] for row in csv.DictReader(io.StringIO(found))] == ["Paul Blanc"]


def test_verifications_come_with_the_ids_of_their_claims(client):
    claim = ClaimFactory(accepted=True)
    VerificationFactory(claims=[claim])
    book = load_workbook(io.BytesIO(exported(client, "verification", "xlsx")))
    header, row = book.active.iter_rows(values_only=True)
    assert dict(zip(header, row, strict=True))["Claims"] == claim.public_id


def test_the_list_leads_to_its_export_with_its_filters(client):
    ClaimFactory()
    page = client.get(reverse("admin:claims_claim_changelist"), {"status__exact": "candidate"})
    address = reverse("admin:claims_claim_export", args=["csv"])
    assert f"{address}?status__exact=candidate" in page.content.decode()


def test_who_may_not_see_a_list_may_not_take_it_along(client):
    client.force_login(UserFactory(role=roles.PROTECTED_SOURCE_READER))
    answer = client.get(reverse("admin:claims_claim_export", args=["csv"]))
    assert answer.status_code == 403


def test_what_no_spreadsheet_holds_is_told_on_the_list(client, monkeypatch):
    ClaimFactory()
    monkeypatch.setattr(write, "SHEET_ROWS", 0)
    answer = client.get(reverse("admin:claims_claim_export", args=["xlsx"]), follow=True)
    assert [str(message) for message in answer.context["messages"]] == [
        "a spreadsheet holds 0 rows: take CSV or JSON"
    ]


def test_rows_are_handed_on_as_they_are_read(client, monkeypatch):
    """A million of them are never held at once."""
    monkeypatch.setattr(write, "LINES", 2)
    for _number in range(6):
        ClaimFactory()
    answer = client.get(reverse("admin:claims_claim_export", args=["json"]))
    assert answer.streaming
    assert len(list(answer.streaming_content)) > 3
    assert Claim.objects.count() == 6
