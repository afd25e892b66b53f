"""Texts that mean harm, or are as odd as texts get, on every page that shows them."""

import io

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Page

from tests.browser.whole_record import pages_of, whole_record

RUNS = "document.title = 'ran'"
MARKUP = (
    f'</title></style></textarea><script>{RUNS}</script><img src=x onerror="{RUNS}">'
    f"<svg onload=\"{RUNS}\"></svg>\"'><b onmouseover={RUNS}>{{{{ 7*7 }}}}{{% now 'Y' %}}]]>-->"
)
TURNED = "\u202e" * 3 + "txt.exe\u202b\u202d\u0661\u05d0\u05d1"
ZALGO = "".join(letter + "\u0301\u0316\u0489\u0327" * 25 for letter in "zalgo")
CONTROLS = "a\x01b\x08c\x0bd\x1be\x7ff\x85g\ufeffh\u2028i\ufffej\ufffd"
EMOJI = "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿🇫🇷👍🏿"
# Names hold the first 180 signs.
TEXTS = {
    "markup, controls and emoji": CONTROLS + EMOJI + MARKUP + EMOJI * 20,
    "a word of 100 KB": "constat" * 14_300,
}

# Which words that are not of the text, nor of who wrote it, stand elsewhere than if it were kept
# apart from all others.
MOVED = r"""
strange => {
  const texts = () => {
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (nodes.nextNode()) found.push(nodes.currentNode);
    return found;
  };
  const place = node => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].flatMap(box => [box.left, box.right, box.top]);
  };
  const far = (one, other) => one.length !== other.length
    || one.some((edge, i) => Math.abs(edge - other[i]) > 1);
  const ours = node => {
    const written = node.parentElement.closest("[lang]:not(html), bdi, code") ?? node;
    return node.data.trim() && !node.parentElement.closest(".unseen")
      && !written.textContent.includes(strange);
  };
  for (let node of texts()) {
    for (let at; (at = node.data.indexOf(strange)) >= 0;) {
      node = (at ? node.splitText(at) : node).splitText(strange.length);
    }
  }
  const nodes = texts().filter(ours);
  const before = nodes.map(place);
  texts().filter(node => node.data === strange).forEach(node => {
    const apart = document.createElement("bdi");
    node.replaceWith(apart);
    apart.append(node);
  });
  return nodes.filter((node, i) => far(place(node), before[i]))
    .map(node => `${node.data.trim()} in ${node.parentElement.outerHTML.slice(0, 150)}`);
}
"""
# Where the lines of blocks stand that hold nothing of the text, without the space between lines.
BLOCKS = """
() => {
  const all = "p, h1, h2, h3, li, dt, dd, summary, .menu, .wordmark";
  window.blocks ??= [...document.querySelectorAll(all)].filter(block => block.checkVisibility()
    && !block.matches(".unseen") && !/\u0489/.test(block.textContent) && block.textContent.trim());
  return blocks.map(block => block.getBoundingClientRect())
    .map(box => [box.left, box.top + scrollY + 4, box.right, box.bottom + scrollY - 4])
    .map(box => box.map(Math.round));
}
"""
UNSEEN = """
() => {
  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const towers = [];
  while (nodes.nextNode()) {
    if (/\u0489/.test(nodes.currentNode.data)) towers.push(nodes.currentNode);
  }
  CSS.highlights.set("unseen", new Highlight(...towers.map(node => {
    const range = new Range();
    range.selectNodeContents(node);
    return range;
  })));
  const style = new CSSStyleSheet();
  style.replaceSync("::highlight(unseen) { color: transparent; background: transparent; }");
  document.adoptedStyleSheets.push(style);
}
"""


@pytest.fixture
def walk(page: Page, live_server, transactional_db):
    """``walk(text)``: each page of a record of ``text``, opened in turn."""

    def pages(text):
        for address, status in pages_of(whole_record(text)).items():
            assert page.goto(live_server.url + address).status == status
            yield address

    return pages


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_it_is_shown_as_text_and_nothing_else(page: Page, walk, text):
    complaints = []
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.on("console", lambda message: complaints.append(message.text))
    page.set_viewport_size({"width": 360, "height": 800})
    faults = {}
    for address in walk(text):
        found = complaints.copy()
        complaints.clear()
        if page.title() == "ran" or "Constat" not in page.title():
            found.append(page.title())
        strange = "main script, main style, main b, [src=x], [onerror], [onload], [onmouseover]"
        found += page.locator(strange).evaluate_all("all => all.map(one => one.outerHTML)")
        if page.locator("html").evaluate("root => root.scrollWidth > root.clientWidth"):
            found.append("scrolls sideways")
        if found:
            faults[address] = found
    assert faults == {}


def test_one_that_turns_direction_moves_no_word_but_its_own(page: Page, walk):
    moved = {address: page.evaluate(MOVED, TURNED) for address in walk(TURNED)}
    assert {address: words for address, words in moved.items() if words} == {}


def test_one_that_towers_paints_over_nothing_else(page: Page, walk):
    page.set_viewport_size({"width": 1280, "height": 800})
    painted = {}
    for address in walk(ZALGO):
        before, blocks = picture(page), page.evaluate(BLOCKS)
        page.evaluate(UNSEEN)
        assert page.evaluate(BLOCKS) == blocks, address
        difference = ImageChops.difference(before, picture(page))
        painted[address] = [box for box in blocks if difference.crop(box).getbbox()]
    assert {address: boxes for address, boxes in painted.items() if boxes} == {}


def picture(page: Page) -> Image.Image:
    shot = page.screenshot(full_page=True, animations="disabled")
    return Image.open(io.BytesIO(shot)).convert("RGB")
