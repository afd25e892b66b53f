"""The inbox by keyboard alone, as an editor works it."""

import pytest
from playwright.sync_api import expect

from claims.models import Claim
from tests.browser.accessibility import violations
from tests.factories import (
    ClaimFactory,
    SentenceFactory,
    SnapshotFactory,
    SpeakerFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

INBOX = "/admin/claims/claim/inbox/"
TEXT = (
    "Le conseil de Vernaz\n\n"
    "🙂 La maire promet « deux\xa0écoles » pour 🇫🇷 2027 et un pont neuf. La gare est fermée.\n\n"
    "Le conseil se réunira mardi."
)


@pytest.fixture
def claims():
    """Three candidates of one text, the best first: a promise of two things, a fact, a rest."""
    snapshot = SnapshotFactory(text=TEXT)
    claims = []
    for words, worth in (
        ("deux\xa0écoles » pour 🇫🇷 2027 et un pont neuf", 0.9),
        ("La gare est fermée", 0.5),
        ("Le conseil se réunira mardi", 0.2),
    ):
        start = TEXT.index(words)
        span = (start, start + len(words))
        sentence = SentenceFactory(snapshot=snapshot, start=span[0], end=span[1])
        claims.append(
            ClaimFactory(sentence=sentence, content=[span], quote=words, check_worthiness=worth)
        )
    return claims


@pytest.fixture
def page(desk, claims):
    page = desk()
    page.goto(INBOX)
    return page


def shown(page, words):
    """The candidate before us is this one, and has the focus."""
    expect(page.locator("h2#claim")).to_have_text(words)
    expect(page.locator("h2#claim")).to_be_focused()


def said(page, words):
    expect(page.locator("#told")).to_contain_text(words)


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_a_candidate_is_edited_split_accepted_rejected_and_taken_back(page, claims):
    promise, gare, conseil = claims
    shown(page, promise.quote)

    # The bounds, word by word, then the wording.
    press(page, "e", "Escape", "w", "w", "o", "o")
    expect(page.locator("#chosen")).to_have_text("pour 🇫🇷 2027 et un")
    press(page, "q", "q", "p", "p")
    expect(page.locator("#chosen")).to_have_text(promise.quote)
    press(page, "e")
    page.keyboard.type("Deux écoles et un pont.")
    press(page, "Control+s")
    shown(page, "Deux écoles et un pont.")
    promise.refresh_from_db()
    assert (promise.wording, promise.quote) == ("Deux écoles et un pont.", claims[0].quote)

    # Its two parts, where a conjunction joins them.
    press(page, "s")
    expect(page.locator("#parts output")).to_have_text(
        ["deux\xa0écoles » pour 🇫🇷 2027", "un pont neuf"]
    )
    press(page, "d")
    shown(page, "deux\xa0écoles » pour 🇫🇷 2027")
    press(page, "a")
    shown(page, "un pont neuf")
    press(page, "a")
    shown(page, gare.quote)
    assert [c.quote for c in Claim.objects.published().order_by("-id")] == [
        "deux\xa0écoles » pour 🇫🇷 2027", "un pont neuf",
    ]  # fmt: skip

    # Rejected for a reason, and one in words.
    press(page, "x", "2")
    shown(page, conseil.quote)
    gare.refresh_from_db()
    assert gare.rejected_because == "cut_wrong"
    press(page, "x", "/")
    page.keyboard.type("Un ordre du jour.")
    press(page, "Enter")
    expect(page.locator("h2#claim")).to_be_focused()
    conseil.refresh_from_db()
    assert conseil.rejected_because == "other"

    # All of it taken back, step by step.
    press(page, "u")
    shown(page, conseil.quote)
    press(page, "u")
    shown(page, gare.quote)
    press(page, "u")
    shown(page, "un pont neuf")
    press(page, "u")
    shown(page, "deux\xa0écoles » pour 🇫🇷 2027")
    press(page, "u")
    shown(page, "Deux écoles et un pont.")
    assert set(Claim.objects.candidates()) == set(claims)
    assert not Claim.objects.published().exists()


def test_a_selection_is_the_claim_to_the_code_point(page, claims):
    page.keyboard.press("e")
    page.locator("#context").evaluate(
        """(root) => {
            const text = root.querySelector("mark.content").firstChild;
            const range = document.createRange();
            range.setStart(text, text.data.indexOf("écoles"));
            range.setEnd(text, text.data.indexOf(" et un pont"));
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }"""
    )
    press(page, "Escape", "t", "Control+s")
    shown(page, "écoles » pour 🇫🇷 2027")
    assert Claim.objects.get(pk=claims[0].pk).quote == "écoles » pour 🇫🇷 2027"


def test_offsets_of_selections_are_those_of_python(page):
    """Every passage that begins or ends at a word, emoji, flags and no-break spaces among them."""
    found = page.evaluate(
        """async () => {
            const { rangeOf, spanOf, textOf, words } = await import("/static/desk/context.js");
            const root = document.getElementById("context");
            const all = words(root);
            const spans = all.flatMap((one, i) => all.slice(i).map((two) => [one.start, two.end]));
            return spans.map(([start, end]) => {
                const span = spanOf(rangeOf({ start, end }, root), root);
                return [start, end, span.start, span.end, textOf(span, root)];
            });
        }"""
    )
    assert len(found) > 200
    for start, end, again_start, again_end, words in found:
        assert (again_start, again_end) == (start, end)
        assert words.split() == TEXT[start:end].split()


def test_a_speaker_is_searched_and_chosen(page, claims):
    speaker = SpeakerFactory(name="Gwenaëlle Tanguy")
    page.keyboard.press("l")
    page.keyboard.type("tangu")
    expect(page.get_by_label("Gwenaëlle Tanguy")).to_be_visible()
    press(page, "Enter", "Space", "a")
    shown(page, claims[1].quote)
    assert Claim.objects.published().get().speaker == speaker


def test_what_was_typed_is_there_after_the_page_was_left(page, claims):
    page.keyboard.press("e")
    page.keyboard.type("Deux écoles.")
    press(page, "Escape", "j")
    shown(page, claims[1].quote)
    press(page, "k")
    expect(page.locator("#edit textarea")).to_have_value("Deux écoles.")


def test_who_was_signed_out_loses_nothing(page, claims):
    page.keyboard.press("e")
    page.keyboard.type("Deux écoles.")
    page.context.clear_cookies()
    press(page, "Control+Enter")
    said(page, "Rien n’a été enregistré")
    expect(page.locator("#edit textarea")).to_have_value("Deux écoles.")


def test_who_leaves_the_page_frees_its_candidate(page, desk, claims):
    page.goto("/admin/")
    other = desk(UserFactory())
    other.goto(INBOX)
    shown(other, claims[0].quote)


def test_many_are_ticked_by_a_range_and_rejected(page, claims):
    page.goto(f"{INBOX}all/")
    boxes = page.locator("[name=claim]")
    boxes.nth(0).check()
    boxes.nth(2).click(modifiers=["Shift"])
    press(page, "x", "4")
    said(page, "3")
    assert {c.rejected_because for c in Claim.objects.all()} == {"not_worth_checking"}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_inbox_is_accessible(desk, claims, theme):
    ClaimFactory(quote=claims[0].quote, accepted=True)
    page = desk(color_scheme=theme)
    page.goto(INBOX)
    for keys in ([], ["e", "Escape"], ["s"], ["x"], ["Escape", "m"]):
        press(page, *keys)
        assert violations(page) == []
    page.goto(f"{INBOX}all/")
    assert violations(page) == []


@pytest.mark.parametrize("address", [INBOX, f"{INBOX}all/"])
def test_nothing_scrolls_sideways_on_a_phone(desk, claims, address):
    page = desk(viewport={"width": 360, "height": 740})
    page.goto(address)
    expect(page.get_by_role("toolbar")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
