"""The verification editor, from a claim to its public page."""

import pytest
from playwright.sync_api import expect

from claims.models import Evidence, Verification
from claims.publish import submit
from tests.browser.accessibility import violations
from tests.claims.admin.forms import address
from tests.factories import (
    ClaimFactory,
    EvidenceFactory,
    RatingFactory,
    SnapshotFactory,
    UserFactory,
    VerificationFactory,
)
from tests.web import answer

pytestmark = [pytest.mark.usefixtures("queue")]

TEXT = "Élysée 🎒.\r\nLa rencontre a eu lieu le 2 décembre, à Moscou."


@pytest.fixture
def claim(queue):
    RatingFactory()
    return ClaimFactory(accepted=True)


@pytest.fixture
def draft(claim):
    author = UserFactory(username="anne")
    return VerificationFactory(
        author=author, claims=[claim], rating=None, summary="", explanation=""
    )


def saved(page):
    expect(page.locator("#saved")).to_contain_text("Enregistré à")


def test_from_a_claim_to_its_public_page(desk, web, claim, work_beside):
    page = desk(UserFactory(username="anne"))
    page.goto(address(claim))
    page.keyboard.press("v")
    page.wait_for_url("**/verification/*/change/")
    missing = page.locator("#missing li")
    expect(missing).to_have_count(4)

    web.pages["/1"] = answer(TEXT.encode(), Content_Type="text/plain; charset=utf-8")
    page.keyboard.press("e")
    page.keyboard.type(f"{web.origin}/1")
    page.keyboard.press("Enter")
    piece = page.locator(".piece")
    expect(piece).to_contain_text("Téléchargement en cours")
    work_beside()
    piece.get_by_role("button", name="Choisir le passage").click()
    page.get_by_label("Chercher dans le texte").fill("2 DECEMBRE")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    expect(piece.locator("blockquote")).to_have_text("2 décembre")
    piece.get_by_label("Contredit").check()

    page.locator("#findings-title").click()
    page.keyboard.press("2")
    page.keyboard.press("g")
    page.keyboard.type("La rencontre a eu lieu la veille.")
    page.keyboard.press("Tab")
    page.keyboard.type("Le compte rendu le dit.")
    expect(page.locator("#missing")).to_contain_text("Il ne manque rien")
    saved(page)
    assert Evidence.objects.get().passage == "2 décembre"

    page.locator("#findings-title").click()
    page.keyboard.press("r")
    expect(page.locator(".state")).to_have_text("En relecture")

    reader = desk(UserFactory(username="jeanne"))
    reader.goto(address(Verification.objects.get()))
    reader.keyboard.press("a")
    preview = reader.frame_locator("iframe")
    expect(preview.locator("h1")).to_have_text("La rencontre a eu lieu la veille.")
    reader.keyboard.press("Control+Enter")
    expect(reader.locator(".state")).to_have_text("Publiée")
    reader.keyboard.press("p")
    expect(reader.locator("h1")).to_have_text("La rencontre a eu lieu la veille.")
    expect(reader.locator(".evidence")).to_contain_text("2 décembre")


def test_words_are_picked_by_keyboard_alone(desk, draft):
    snapshot = SnapshotFactory(text=TEXT)
    EvidenceFactory(verification=draft, document=snapshot.document, snapshot=snapshot)
    page = desk(draft.author)
    page.goto(address(draft))
    page.locator("[data-passage]").press("Enter")
    page.get_by_role("textbox", name="Texte de la copie").focus()
    page.keyboard.press("Control+Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("x")
    for _word in range(2):
        page.keyboard.press("Control+Shift+ArrowRight")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".piece blockquote")).to_have_text("La rencontre")
    assert Evidence.objects.get().start == TEXT.index("La rencontre")


def test_a_link_that_is_dropped_is_fetched(desk, draft):
    page = desk(draft.author)
    page.goto(address(draft))
    page.locator("#evidence").evaluate(
        """column => {
          const dataTransfer = new DataTransfer();
          dataTransfer.setData("text/uri-list", "https://journal.test/1");
          column.dispatchEvent(new DragEvent("drop", {dataTransfer, bubbles: true}));
        }"""
    )
    expect(page.locator(".piece")).to_contain_text("https://journal.test/1")


def test_what_could_not_be_sent_is_kept_and_sent_later(desk, draft):
    page = desk(draft.author)
    page.goto(address(draft))
    page.route("**/save/", lambda route: route.abort())
    page.locator("#summary").fill("Faux.")
    expect(page.locator("#saved")).to_contain_text("Non enregistré")
    page.reload()
    expect(page.locator("#summary")).to_have_value("Faux.")
    expect(page.locator("#saved")).to_contain_text("Non enregistré")
    page.unroute("**/save/")
    page.evaluate("dispatchEvent(new Event('online'))")
    saved(page)
    draft.refresh_from_db()
    assert draft.summary == "Faux."


def test_what_has_no_field_any_more_is_not_lost(desk, claim):
    draft = VerificationFactory(author=UserFactory(username="anne"), claims=[claim])
    page = desk()
    page.goto(address(draft))
    page.route("**/save/", lambda route: route.abort())
    page.locator("#summary").fill("Faux.")
    expect(page.locator("#saved")).to_contain_text("Non enregistré")
    submit(draft, draft.author)
    page.reload()
    expect(page.locator("#notice blockquote")).to_have_text("Faux.")
    page.get_by_role("button", name="L’oublier").click()
    page.reload()
    expect(page.locator("#notice")).to_be_empty()


@pytest.mark.parametrize(("choice", "kept"), [("Garder le mien", "Vrai."), ("Prendre", "Faux.")])
def test_of_two_texts_one_chooses(desk, draft, choice, kept):
    page = desk(draft.author)
    page.goto(address(draft))
    other = desk(UserFactory(username="jeanne"))
    other.goto(address(draft))
    other.locator("#summary").fill("Faux.")
    saved(other)
    page.locator("#summary").fill("Vrai.")
    notice = page.locator("#notice")
    expect(notice).to_contain_text("jeanne")
    expect(notice.locator("blockquote")).to_have_text(["Faux.", "Vrai."])
    notice.get_by_role("button", name=choice).click()
    expect(page.locator("#summary")).to_have_value(kept)
    page.locator("#explanation").fill("Voici.")
    saved(page)
    draft.refresh_from_db()
    assert draft.summary == kept


@pytest.fixture
def full(draft):
    """A draft with a piece of each sort, a note, a verification in review."""
    snapshot = SnapshotFactory(text=TEXT)
    EvidenceFactory(verification=draft, document=snapshot.document, snapshot=snapshot)
    EvidenceFactory(verification=draft)
    EvidenceFactory(verification=draft, document=None, protected=True)
    draft.evidence.create(address=f"https://journal.test/{'tres-longue-adresse' * 9}")
    draft.review_notes.create(author=draft.author, text="Sûr ?", blocks=True)
    in_review = VerificationFactory(claims=draft.claims.all(), author=draft.author)
    submit(in_review, in_review.author)
    return draft, in_review


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_is_accessible_and_fits_a_phone(desk, full, theme):
    draft, in_review = full
    faults = []
    for user, row in ((draft.author, draft), (UserFactory(), in_review)):
        page = desk(user, color_scheme=theme)
        page.goto(address(row))
        page.locator("html").evaluate(
            "(html, dark) => html.classList.toggle('dark', dark)", theme == "dark"
        )
        faults += violations(page)
        if passage := page.locator("[data-passage]").all():
            page.locator("summary").first.click()
            passage[0].click()
            expect(page.locator("#snapshot-text")).to_be_visible()
            faults += violations(page)
            page.keyboard.press("Escape")
        page.set_viewport_size({"width": 360, "height": 740})
        if page.locator("html").evaluate("root => root.scrollWidth > root.clientWidth"):
            faults.append(f"{row.status}: scrolls sideways")
    assert faults == []
