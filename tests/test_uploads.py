"""What is uploaded or fetched is never given out as what it says it is: its text is, as text."""

import pytest
from django.apps import apps
from django.db.models import FileField
from django.urls import get_resolver, reverse

from tests.factories import ClaimFactory, SnapshotFactory, UserFactory
from tests.record import verify

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(document.cookie)</script>"
UPLOADED = {
    "text/html": f"<!DOCTYPE html><title>x</title>{SCRIPT}",
    "image/svg+xml": f'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">{SCRIPT}</svg>',
    "application/xml": f'<?xml-stylesheet href="data:,x"?><a xmlns="urn:x">{SCRIPT}</a>',
    "application/pdf": "%PDF-1.7 1 0 obj <</OpenAction <</S /JavaScript /JS (app.alert(1))>>>>",
}


def snapshot_of(media_type):
    original = UPLOADED[media_type]
    text = f"La maire promet deux écoles. {original}"
    snapshot = SnapshotFactory(text=text, original=original.encode(), media_type=media_type)
    verify(ClaimFactory(accepted=True, sentence__snapshot=snapshot))
    return snapshot


@pytest.mark.parametrize("media_type", UPLOADED)
def test_its_text_is_kept_by_the_browser_and_shown_by_none(client, media_type):
    snapshot = snapshot_of(media_type)
    answer = client.get(
        reverse("snapshot-text", args=[snapshot.document.public_id, snapshot.sha256])
    )
    assert answer.content.decode() == snapshot.text
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    policy = answer.headers["Content-Security-Policy"].split("; ")
    assert {"sandbox", "default-src 'none'"} <= set(policy)


@pytest.mark.parametrize("media_type", UPLOADED)
def test_no_page_of_it_holds_its_markup(client, media_type):
    snapshot = snapshot_of(media_type)
    client.force_login(UserFactory())
    document = snapshot.document
    pages = [
        document.get_absolute_url(),
        reverse("snapshot", args=[document.public_id, snapshot.sha256]),
        reverse("admin:sources_snapshot_change", args=[snapshot.pk]),
        reverse("admin:sources_document_change", args=[document.pk]),
        reverse("admin:sources_document_text", args=[document.pk]),
    ]
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert answer.headers["Content-Type"].startswith("text/html"), page
        said = answer.content.decode()
        assert SCRIPT not in said, page
        assert "<svg xmlns" not in said or "onload" not in said, page


def test_no_file_is_kept_where_a_web_server_would_give_it_out(settings):
    files = [
        field
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, FileField)
    ]
    assert files == []
    assert settings.MEDIA_ROOT == ""
    served = {str(pattern.pattern) for pattern in get_resolver().url_patterns}
    assert not {route for route in served if "media" in route}
