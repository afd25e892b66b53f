import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from background.models import Job
from claims import importing, roles
from claims.models import Claim, ClaimReview, Import, Speaker, Verification
from tests.claims.claim_review.feeds import REVIEW, feed, other
from tests.claims.exchange.files import csv_file, json_file
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

HEADER = ["name", "kind"]
GOOD = csv_file(HEADER, ["Jeanne Roux", "person"], ["Ville de Vernaz", "organisation"])
WRONG = csv_file(HEADER, ["Jeanne Roux", "person"], ["=Ville", "town"])


@pytest.fixture
def editor(client):
    editor = UserFactory()
    client.force_login(editor)
    return editor


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies["django_language"] = "en"


def bring(client, content: bytes, kind="speakers", name="table.csv", **data):
    file = SimpleUploadedFile(name, content)
    address = reverse("admin:claims_import_add")
    return client.post(address, {"kind": kind, "file": file, "url": ""} | data, follow=True)


def press(client, import_: Import, step: str, **data):
    address = reverse("admin:claims_import_step", args=[import_.pk, step])
    return client.post(address, data, follow=True)


def told(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_a_file_that_is_brought_is_checked_and_its_rows_are_shown(client, editor):
    page = bring(client, WRONG).content.decode()
    import_ = Import.objects.get()
    assert (import_.state, import_.made_by) == (Import.State.CHECKED, editor)
    assert "Jeanne Roux" in page
    assert "“town” is none of" in page
    assert not Speaker.objects.exists()


def test_pressing_import_imports(client, editor):
    bring(client, GOOD)
    answer = press(client, Import.objects.get(), "confirm")
    assert told(answer) == ["2 rows imported."]
    assert Speaker.objects.count() == 2


def test_pressed_twice_it_is_imported_once(client, editor):
    bring(client, GOOD)
    import_ = Import.objects.get()
    press(client, import_, "confirm")
    assert told(press(client, import_, "confirm")) == ["Somebody did that already."]


def test_all_or_nothing_is_the_choice_that_is_made(client, editor):
    bring(client, WRONG)
    page = press(client, Import.objects.get(), "confirm", refused="nothing").content.decode()
    assert "Nothing was imported: a row is refused." in page
    assert not Speaker.objects.exists()


def test_refused_rows_are_left_out_if_that_is_chosen(client, editor):
    bring(client, WRONG)
    press(client, Import.objects.get(), "confirm", refused="leave-out")
    assert Speaker.objects.get().name == "Jeanne Roux"


def test_refused_rows_can_be_taken_along_with_their_reasons(client, editor):
    bring(client, WRONG)
    address = reverse("admin:claims_import_refused", args=[Import.objects.get().pk])
    text = client.get(address).getvalue().decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text), delimiter=";")
    assert row["row"] == "3"
    assert row["name"] == "'=Ville"
    assert row["refused because"].startswith("Kind: “town” is none of")


def test_what_is_cancelled_is_over(client, editor):
    bring(client, GOOD)
    import_ = Import.objects.get()
    press(client, import_, "cancel")
    assert not press(client, import_, "confirm").context["import"].parts.exists()
    assert not Speaker.objects.exists()


def test_it_can_be_checked_again(client, editor):
    bring(client, GOOD)
    Speaker.objects.create(name="Jeanne Roux", kind="person")
    press(client, Import.objects.get(), "check")
    import_ = Import.objects.get()
    assert (import_.state, import_.added, import_.unchanged) == (Import.State.CHECKED, 1, 1)


def test_rows_are_shown_by_their_fate(client, editor):
    bring(client, WRONG)
    address = reverse("admin:claims_import_change", args=[Import.objects.get().pk])
    rows = client.get(address, {"fate": "refused"}).context["rows"]
    assert [row.number for row in rows] == [3]


def test_a_large_file_is_left_to_a_worker(client, editor, monkeypatch):
    monkeypatch.setattr(importing, "AT_ONCE", 10)
    page = bring(client, GOOD).content.decode()
    import_ = Import.objects.get()
    assert Job.objects.get().args["import_id"] == import_.pk
    assert reverse("admin:claims_import_state", args=[import_.pk]) in page
    importing.go_on(import_)
    state = client.get(reverse("admin:claims_import_state", args=[import_.pk]))
    assert state["HX-Refresh"] == "true"


def test_claims_come_as_candidates_and_verifications_as_drafts(client, editor):
    row = {
        "source_sentence": "Oui.", "kind": "fact", "quotation": "none",
        "document_url": "https://journal.test/1", "status": "accepted",
    }  # fmt: skip
    bring(client, json_file(row), "claims", "claims.json")
    press(client, Import.objects.get(), "confirm")
    assert Claim.objects.get().status == Claim.Status.CANDIDATE
    assert not Verification.objects.exists()


def test_reviews_are_read_at_once_and_the_bad_ones_told(client, editor):
    content = json_file(feed(REVIEW, other(2, claimReviewed="")))
    page = bring(client, content, "claim_reviews", "feed.json").content.decode()
    assert ClaimReview.objects.count() == 1
    assert "it does not say which claim it reviews" in page


def test_an_address_of_reviews_is_fetched_in_the_background(client, editor):
    url = "https://verif.test/ecoles"
    client.post(reverse("admin:claims_import_add"), {"kind": "claim_reviews", "url": url})
    assert Import.objects.get().name == url
    assert Job.objects.get().task_name == "run_import"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({"kind": "speakers"}, "Give a file, or the address of reviews."),
        ({"kind": "speakers", "url": "https://a.test/"}, "Only reviews are read from an address"),
        ({"kind": "claim_reviews", "url": "http://localhost/"}, "localhost"),
    ],
)
def test_what_cannot_be_brought_is_told(client, editor, data, why):
    answer = client.post(reverse("admin:claims_import_add"), data)
    assert why in answer.content.decode()
    assert not Import.objects.exists()


def test_a_contributor_brings_verifications_only(client):
    client.force_login(UserFactory(role=roles.CONTRIBUTOR))
    form = client.get(reverse("admin:claims_import_add")).context["adminform"].form
    assert [value for value, _label in form.fields["kind"].choices] == ["verifications"]
    bring(client, GOOD)
    assert not Import.objects.exists()


def test_a_contributor_carries_nobodys_speakers_out(client, editor):
    bring(client, GOOD)
    client.force_login(UserFactory(role=roles.CONTRIBUTOR))
    assert press(client, Import.objects.get(), "confirm").status_code == 403
    assert not Speaker.objects.exists()


def test_steps_are_posted(client, editor):
    bring(client, GOOD)
    address = reverse("admin:claims_import_step", args=[Import.objects.get().pk, "confirm"])
    assert client.get(address).status_code == 405


def test_the_list_tells_how_each_went(client, editor, counted_queries):
    for _number in range(3):
        bring(client, WRONG)
    with counted_queries("admin import list"):
        client.get(reverse("admin:claims_import_changelist"))


def test_nobody_waits_for_a_file_that_waits_for_another(client, editor):
    Import.objects.create(kind="claims", name="grand.csv", state=Import.State.IMPORTING)
    bring(client, GOOD)
    assert Import.objects.get(name="table.csv").state == Import.State.CHECKING
    assert Job.objects.exists()


def test_an_empty_table_has_every_heading(client, editor):
    answer = client.get(reverse("admin:claims_import_empty", args=["speakers"]))
    assert answer.content.decode("utf-8-sig").startswith("Id,Name,Kind,")
