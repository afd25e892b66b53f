"""A spreadsheet with mistakes and a feed of reviews, brought and decided on at the desk."""

import csv
import io
import json

import pytest
from playwright.sync_api import expect

from claims.models import Claim, ClaimReview
from tests.browser.accessibility import violations
from tests.claims.claim_review.feeds import REVIEW, feed, other
from tests.claims.exchange.files import xlsx_file
from tests.factories import (
    ClaimFactory,
    RatingFactory,
    SentenceFactory,
    SpeakerFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

HEADER = ["speaker", "said_on", "kind", "quotation", "source_sentence", "document_url"]
RIGHT = ["Jeanne Roux", "2025-12", "commitment", "indirect", "Elle promet deux écoles.",
         "https://journal.test/ecoles"]  # fmt: skip
WRONG = ["Jeane Roux", "hier", "promesse", "indirect", "Elle promet un pont.", "journal"]


def faults(page) -> list[str]:
    """By the rules of WCAG, in light and in dark."""
    page.add_style_tag(content="* { transition: none !important }")
    found = violations(page)
    page.locator("html").evaluate("page => page.classList.add('dark')")
    found += violations(page)
    page.locator("html").evaluate("page => page.classList.remove('dark')")
    return found


def file(name: str, content: bytes) -> dict:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def test_a_spreadsheet_with_mistakes_is_told_row_by_row_and_the_rest_imported(desk):
    SpeakerFactory(name="Jeanne Roux")
    page = desk()
    page.goto("/admin/claims/import/add/")
    page.get_by_label("affirmations").check()
    page.locator("[name=file]").set_input_files(file("a.xlsx", xlsx_file(HEADER, RIGHT, WRONG)))
    page.locator("[name=_save]").click()
    right, wrong = page.locator("tbody tr").all()
    expect(right).to_contain_text("nouvelle")
    expect(wrong).to_contain_text("refusée")
    expect(wrong).to_contain_text("Nature : « promesse » n’est pas dans la liste")
    assert faults(page) == []
    assert not Claim.objects.exists()
    with page.expect_download() as download:
        page.get_by_text("Télécharger les lignes refusées").click()
    text = download.value.path().read_text("utf-8-sig")
    assert [row["speaker"] for row in csv.DictReader(io.StringIO(text), delimiter=";")] == [
        "Jeane Roux"
    ]
    page.get_by_label("Laisser de côté").check()
    page.get_by_label("Laisser de côté").blur()
    page.keyboard.press("i")
    expect(page.get_by_text("1 ligne importée.")).to_be_visible()
    assert Claim.objects.get().status == Claim.Status.CANDIDATE


def test_a_feed_of_reviews_is_read_and_one_put_beside_our_claim_by_a_key(desk):
    RatingFactory(value="imprecise")
    words = "La mairie de Vernaz construira deux écoles avant l'été"
    claim = ClaimFactory(sentence=SentenceFactory(snapshot__text=words), accepted=True)
    page = desk()
    page.goto("/admin/claims/import/add/")
    page.get_by_label("vérifications d’autres rédactions (ClaimReview)").check()
    content = json.dumps(feed(REVIEW, other(2, claimReviewed=""))).encode()
    page.locator("[name=file]").set_input_files(file("flux.json", content))
    page.locator("[name=_save]").click()
    expect(page.get_by_text("elle ne dit pas quelle affirmation elle vérifie")).to_be_visible()
    page.get_by_text("Voir les vérifications").click()
    page.get_by_role("link", name="La mairie de Vernaz").click()
    expect(page.locator(".rated")).to_contain_text("C’est plus compliqué")
    expect(page.locator(".rated")).to_contain_text("Imprécis")
    assert faults(page) == []
    page.keyboard.press("1")
    expect(page.get_by_text("La vérification figure maintenant auprès")).to_be_visible()
    assert ClaimReview.objects.get().claim == claim
