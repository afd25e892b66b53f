"""The whole story at the desk, by keyboard: from a pasted article to a correction.

With SCREENSHOTS=1 (``make screenshots``) the pictures of docs/guide-de-la-redaction.md are made
on the way.
"""

import os
from pathlib import Path

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from claims.models import Claim, Development, Verification
from seeds.dossier import Dossier
from tests.factories import UserFactory
from tests.web import answer

pytestmark = pytest.mark.usefixtures("queue")

ROOT = Path(__file__).parents[2]
ARTICLE = (ROOT / "seeds" / "article.txt").read_text()
PICTURES = ROOT / "docs" / "images"
REPORT = (
    "Communiqué du Kremlin, 2 décembre 2025.\n\n"
    "L’entretien avec Steve Witkoff s’est tenu le 2 décembre au Kremlin ; il a duré cinq heures."
)
LATER = "Communiqué du 12 décembre 2025.\n\nUne seconde rencontre s’est tenue à Berlin."


@pytest.fixture
def scale(queue):
    Dossier(localdate())._scale()


def picture(page, name):
    if os.environ.get("SCREENSHOTS") == "1":
        page.wait_for_timeout(400)  # what fades in is there
        page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def shown(page):
    """The words of the candidate before us."""
    heading = page.locator("h2#claim")
    expect(heading).to_be_focused()
    return heading.inner_text()


def decide(page, *keys):
    """Press, and wait for the next candidate."""
    before = shown(page)
    press(page, *keys)
    expect(page.locator("h2#claim")).not_to_have_text(before)
    expect(page.locator("h2#claim")).to_be_focused()


def test_from_a_pasted_article_to_a_correction(desk, web, scale, work_beside):
    anne = desk(UserFactory(username="anne"))

    # The article is pasted, read in the background, and its candidates come up.
    anne.goto("/admin/sources/submission/add/")
    expect(anne.get_by_label("Texte", exact=True)).to_be_focused()
    anne.keyboard.insert_text(ARTICLE)
    anne.get_by_label("Titre").fill("Après la rencontre de Moscou")
    anne.get_by_label("Éditeur").fill("Le Journal")
    anne.get_by_label("Publié le").fill("2025-12-08")
    picture(anne, "ajouter-un-article")
    press(anne, "Control+Enter")
    expect(anne.get_by_role("status")).to_contain_text("0 sur 1")
    picture(anne, "lecture-en-cours")
    work_beside()
    anne.wait_for_url("**/inbox/**")

    # Candidates are accepted, rejected for a reason, taken back.
    meeting = Claim.objects.get(quote__startswith="Le 3 décembre l'envoyé spécial")
    rejected = None
    while Claim.objects.candidates().exists():
        words = shown(anne)
        if words == meeting.quote:
            picture(anne, "a-trier")
        if rejected is None and words != meeting.quote:
            rejected = words
            decide(anne, "x", "1")
            decide(anne, "u")
            assert shown(anne) == words
        decide(anne, "a")
    assert Claim.objects.published().count() == Claim.objects.count()

    # The claim is verified: evidence is fetched, its passage picked, a finding written.
    anne.goto("/admin/")
    picture(anne, "vue-d-ensemble")
    anne.goto(f"/admin/claims/claim/{meeting.pk}/change/")
    press(anne, "v")
    anne.wait_for_url("**/verification/*/change/")
    web.pages["/1"] = answer(REPORT.encode(), Content_Type="text/plain; charset=utf-8")
    press(anne, "e")
    anne.keyboard.type(f"{web.origin}/1")
    press(anne, "Enter")
    piece = anne.locator(".piece")
    expect(piece).to_contain_text("Téléchargement en cours")
    work_beside()
    piece.get_by_role("button", name="Choisir le passage").press("Enter")
    anne.get_by_label("Chercher dans le texte").fill("le 2 decembre au kremlin")
    press(anne, "Enter")
    picture(anne, "choisir-le-passage")
    press(anne, "Control+Enter")
    expect(piece.locator("blockquote")).to_have_text("le 2 décembre au Kremlin")
    piece.get_by_label("Contredit").press("Space")
    anne.locator("#findings-title").click()
    press(anne, "3", "g")
    anne.keyboard.type("L’entretien a eu lieu le 2 décembre, non le 3.")
    press(anne, "Tab")
    anne.keyboard.type("Le communiqué du Kremlin, daté du 2 décembre, le dit.")
    expect(anne.locator("#missing")).to_contain_text("Il ne manque rien")
    expect(anne.locator("#saved")).to_contain_text("Enregistré à")
    anne.evaluate("scrollTo(0, 0)")
    picture(anne, "verification")
    anne.locator("#findings-title").click()
    press(anne, "r")
    expect(anne.locator(".state")).to_have_text("En relecture")

    # A second editor reads and publishes it.
    verification = Verification.objects.get()
    jeanne = desk(UserFactory(username="jeanne"))
    jeanne.goto("/admin/")
    jeanne.get_by_role("link", name="L’entretien a eu lieu le 2 décembre").press("Enter")
    jeanne.wait_for_url("**/verification/*/change/")
    press(jeanne, "a")
    public = "L’entretien a eu lieu le 2 décembre, non le 3."
    expect(jeanne.frame_locator("iframe").locator("h1")).to_have_text(public)
    picture(jeanne, "approuver")
    press(jeanne, "Control+Enter")
    expect(jeanne.locator(".state")).to_have_text("Publiée")

    # Readers see it.
    verification.refresh_from_db()
    jeanne.goto(verification.get_absolute_url())
    expect(jeanne.locator("h1")).to_have_text(public)
    expect(jeanne.locator(".evidence")).to_contain_text("le 2 décembre au Kremlin")
    picture(jeanne, "page-publique")

    # Something happens later that bears on the claim.
    web.pages["/2"] = answer(LATER.encode(), Content_Type="text/plain; charset=utf-8")
    anne.goto(f"/admin/claims/claim/{meeting.pk}/change/")
    press(anne, "h")
    anne.wait_for_url("**/happened/**")
    expect(anne.get_by_role("textbox", name="Ce qui s’est passé")).to_be_focused()
    anne.keyboard.type("Une seconde rencontre à Berlin")
    anne.get_by_label("Quand").fill("2025-12-12")
    anne.get_by_label("Adresse de sa source").fill(f"{web.origin}/2")
    anne.locator(f"#effect-{meeting.pk}").select_option("clarifies")
    picture(anne, "un-fait-nouveau")
    press(anne, "Control+Enter")
    anne.wait_for_url(lambda url: "happened" not in url)
    work_beside()
    development = Development.objects.get()
    assert development.status == Development.Status.ACCEPTED
    jeanne.goto(meeting.get_absolute_url())
    expect(jeanne.locator("main")).to_contain_text("Une seconde rencontre à Berlin")

    # The wording was careless: it is corrected, and readers are told.
    anne.goto(f"/admin/claims/claim/{meeting.pk}/change/")
    anne.get_by_label("Formulation").fill(
        "Steve Witkoff a rencontré Vladimir Poutine le 3 décembre."
    )
    anne.get_by_label("Nature de la correction").select_option("clarification")
    anne.get_by_label("Note aux lecteurs").fill("L’affirmation se comprend seule désormais.")
    picture(anne, "correction")
    press(anne, "Control+Enter")
    anne.wait_for_url("**/claim/")
    jeanne.goto("/corrections/")
    expect(jeanne.locator("main")).to_contain_text("L’affirmation se comprend seule désormais.")
    picture(jeanne, "corrections")
