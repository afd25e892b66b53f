"""Words selected in the text of a document become a claim, at the right place."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect

from claims.admin.documents import marked
from claims.models import Claim
from tests.browser.accessibility import violations
from tests.factories import NOON, ClaimFactory, SentenceFactory, SnapshotFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

# What may stand before a selection: characters of two UTF-16 units, several joined, an accent
# apart from its letter, no-break spaces, a carriage return, paragraphs.
HOSTILE = "😀 «\u00a0Cafe\u0301\u00a0» \U0001f468\u200d\U0001f469\u200d\U0001f467\r\n\r\n"
TEXT = f"{HOSTILE}La maire Jeanne Roux a promis deux écoles 🏫 et un pont. Le préfet se tait."


@pytest.fixture
def snapshot(transactional_db):
    """Two sentences after its beginning, with claims of every status."""
    snapshot = SnapshotFactory(text=TEXT)
    second = TEXT.index("Le préfet")
    first = SentenceFactory(snapshot=snapshot, start=len(HOSTILE), end=second - 1)
    SentenceFactory(snapshot=snapshot, start=second, end=len(TEXT))
    decided = {"decided_by": UserFactory(), "decided_at": NOON}
    place = TEXT.index("un pont")
    ClaimFactory(sentence=first, content=[(place, place + 7)], status="rejected", **decided)
    ClaimFactory(sentence=first, content=[(len(HOSTILE), place + 3)], status="accepted", **decided)
    ClaimFactory(sentence=first, content=[(0, 1)])
    return snapshot


@pytest.fixture
def page(desk, snapshot):
    page = desk()
    page.goto(f"/en/admin/sources/document/{snapshot.document.pk}/text/")
    return page


SELECT = """words => {
    const root = document.getElementById("text");
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const at = place => {
        walker.currentNode = root;
        for (let node; (node = walker.nextNode()); place -= node.length)
            if (place <= node.length) return [node, place];
    };
    const start = root.textContent.indexOf(words);
    getSelection().setBaseAndExtent(...at(start), ...at(start + words.length));
}"""


def select(page, words):
    """As a mouse does; the page is told of it a moment later."""
    page.evaluate(SELECT, words)
    expect(page.locator("#selected")).to_have_text(words)


def made():
    claim = Claim.objects.get(reading=None, wording="Mot à mot.")
    spans = [*claim.content, claim.source, claim.cue]
    return [TEXT[span.lower : span.upper] if span else None for span in spans]


def test_what_is_selected_is_what_the_claim_says(page):
    select(page, "deux écoles 🏫")
    page.get_by_role("button", name="Make a claim of it").click()
    form = page.get_by_role("dialog")
    for words, button in (
        ("un pont", "Add the selection"),
        ("Jeanne Roux", "The selection names the source"),
        ("a promis", "The selection is the cue"),
    ):
        select(page, words)
        form.get_by_role("button", name=button).click()
    form.get_by_label("Speaker", exact=True).fill("Jeanne Roux")
    form.get_by_label("Wording").fill("Mot à mot.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#made")).to_contain_text("The claim is in the record")
    assert made() == ["deux écoles 🏫", "un pont", "Jeanne Roux", "a promis"]


def test_by_keys_alone(page):
    page.keyboard.press("t")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#selected")).to_contain_text("La maire Jeanne Roux a promis deux écoles")
    for key in [*["ArrowRight"] * 6, "Shift+ArrowRight"]:
        page.keyboard.press(key)
    expect(page.locator("#selected")).to_have_text("promis deux")
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowRight", "Enter"):
        page.keyboard.press(key)
    page.get_by_label("Wording").fill("Mot à mot.")
    page.keyboard.press("Escape")
    for key in ("ArrowUp", *["ArrowRight"] * 3, "Shift+ArrowRight", "s"):
        page.keyboard.press(key)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#made")).to_contain_text("The claim is in the record")
    assert made() == ["deux écoles", "Jeanne Roux", None]


def test_what_is_a_claim_already_is_told_and_nothing_lost(page):
    select(page, "un pont")
    page.keyboard.press("c")
    page.get_by_label("Wording").fill("Mot à mot.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("These words are a claim already")
    expect(page.get_by_label("Wording")).to_have_value("Mot à mot.")


def test_everybody_can_use_it(desk, snapshot):
    for scheme in ("light", "dark"):
        page = desk(color_scheme=scheme, viewport={"width": 360, "height": 740})
        page.goto(f"/en/admin/sources/document/{snapshot.document.pk}/text/")
        assert violations(page) == []
        select(page, "deux écoles")
        page.keyboard.press("c")
        expect(page.get_by_role("dialog")).to_be_visible()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


# Property: whatever the text, its marks and where a selection begins and ends.

MEASURE = """async ([module, html, cuts]) => {
    const { spanOf, rangeOf, trimmed } = await import(module);
    const root = document.createElement("div");
    root.dataset.start = "7";
    root.innerHTML = html;
    document.body.append(root);
    const range = document.createRange();
    const nodes = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) nodes.push(walker.currentNode);
    const at = share => {
        const node = nodes[Math.floor(share * nodes.length)];
        return [node, Math.floor((share * 997) % (node.length + 1))];
    };
    const found = cuts.map(([one, other]) => {
        range.setStart(...at(one));
        range.setEnd(...at(other));
        const span = spanOf(range, root);
        return [range.toString(), span, trimmed(span), span && rangeOf(span, root).toString()];
    });
    root.remove();
    return found;
}"""
LETTERS = st.sampled_from(
    [
        "a",
        " ",
        "é",
        "e\u0301",
        ".",
        "\u00a0",
        "\n",
        "\r",
        "\r\n",
        "\u200d",
        "😀",
        "🏫",
        "𝒳",
        "<",
        "&",
    ]
)
SHARES = st.floats(0, 0.999)


@pytest.fixture
def plain(desk):
    page = desk()
    page.goto("/en/admin/")
    return page


@settings(
    max_examples=60,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    letters=st.lists(LETTERS, min_size=2, max_size=40),
    marks=st.lists(st.tuples(SHARES, SHARES), max_size=4),
    cuts=st.lists(st.tuples(SHARES, SHARES), min_size=1, max_size=6),
)
def test_a_span_holds_the_words_that_were_selected(plain, letters, marks, cuts):
    text = "".join(letters)
    places = [sorted(int(share * len(text)) for share in mark) for mark in marks]
    placed = [(Claim(pk=1, quote="a"), [(first, last + 1)]) for first, last in places]
    html = str(marked(text, placed))
    found = plain.evaluate(MEASURE, ["/static/desk/selection.js", html, cuts])
    for words, span, bare, back in found:
        if span is None:
            assert words == ""
            continue
        kept = text[span["start"] - 7 : span["end"] - 7]
        assert kept == span["words"] == back
        assert halves(words) in kept
        assert bare is None or text[bare["start"] - 7 : bare["end"] - 7] == bare["words"]
        assert (bare["words"] if bare else "") == kept.strip()


def halves(words: str) -> str:
    """What was selected without the halves of characters at its ends, which are kept whole."""
    return words.strip("".join(map(chr, range(0xD800, 0xE000))))
