import pytest
from django.urls import reverse

from sources.models import Snapshot
from tests.factories import FetchFactory, SnapshotFactory

pytestmark = pytest.mark.django_db

MODELS = [
    "claims_apikey",
    "claims_claim",
    "claims_speaker",
    "claims_verification",
    "claims_development",
    "claims_effect",
    "claims_link",
    "claims_forecast",
    "claims_claimmerge",
    "claims_speakermerge",
    "claims_correction",
    "claims_message",
    "claims_scale",
    "sources_document",
    "sources_submission",
    "sources_publisher",
    "sources_snapshot",
    "sources_fetch",
    "sources_feed",
    "sources_entry",
    "background_job",
]
NOT_ADDED = (
    "claims_claim", "sources_document", "sources_snapshot", "sources_fetch", "sources_entry",
    "background_job", "claims_message",
)  # fmt: skip


def test_a_page_the_desk_does_not_have_is_told(admin_client):
    assert admin_client.get("/admin/nope/").status_code == 404


@pytest.mark.parametrize("model", MODELS)
def test_its_list_opens(admin_client, model):
    assert admin_client.get(reverse(f"admin:{model}_changelist")).status_code == 200


@pytest.mark.parametrize("model", [model for model in MODELS if model not in NOT_ADDED])
def test_its_form_opens(admin_client, model):
    assert admin_client.get(reverse(f"admin:{model}_add")).status_code == 200


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("view", ["change", "history"])
def test_an_address_that_leads_nowhere_leads_back(admin_client, model, view):
    answer = admin_client.get(reverse(f"admin:{model}_{view}", args=["x"]))
    assert (answer.status_code, answer.url) == (302, reverse("admin:index"))


def test_a_snapshot_is_read_but_not_changed(admin_client):
    snapshot = SnapshotFactory()
    address = reverse("admin:sources_snapshot_change", args=[snapshot.pk])
    assert admin_client.get(address).status_code == 200
    assert admin_client.post(address, {"text": "autre"}).status_code == 403
    assert Snapshot.objects.get().text == snapshot.text


def test_a_fetch_is_read_but_not_changed(admin_client):
    attempt = FetchFactory()
    address = reverse("admin:sources_fetch_change", args=[attempt.pk])
    assert attempt.reason in admin_client.get(address).content.decode()
    assert admin_client.post(address, {"reason": "autre"}).status_code == 403


@pytest.mark.parametrize(("path", "heading"), [("/admin/", "fr"), ("/en/admin/", "en")])
def test_it_speaks_both_languages(admin_client, path, heading):
    assert f'lang="{heading}' in admin_client.get(path).content.decode()


def test_it_asks_for_a_login(client):
    assert client.get("/admin/").status_code == 302
