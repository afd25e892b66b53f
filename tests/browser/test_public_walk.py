"""Every public page at every width, by every rule that holds for all of them."""

from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from claims.pages.urls import urlpatterns
from tests.browser.accessibility import violations
from tests.browser.whole_record import LONG, other_pages, pages_of, whole_record

NO_PAGES = ("-image", "-feed", "-text")  # ends of the names of what is no HTML
# Counts, while a page loads, by how much what is shown has moved.
SHIFTS = """
window.shifts = 0;
const add = list => list.forEach(entry => shifts += entry.value);
const watch = new PerformanceObserver(list => add(list.getEntries()));
watch.observe({type: "layout-shift", buffered: true});
window.moved = () => { add(watch.takeRecords()); return shifts; };
"""
UNSTYLED = """
() => {
  const top = one => document.querySelector(one).getBoundingClientRect().top;
  const icons = [...document.querySelectorAll(".rating svg, img")];
  return {
    headings: document.querySelectorAll("h1").length,
    ordered: document.body.matches(".card")
      || top(".skip") < top(".menu") && top(".menu") < top("h1") && top("h1") < top(".colophon"),
    huge: icons.filter(icon => icon.getBoundingClientRect().width > 64).length,
    styled: getComputedStyle(document.body).maxWidth !== "none",
  };
}
"""


@pytest.fixture
def claim(transactional_db):
    return whole_record(LONG)


@pytest.fixture
def pages(claim):
    return pages_of(claim) | other_pages(claim)


def faulty(faults: dict) -> dict:
    return {address: found for address, found in faults.items() if found}


def wider_than(page: Page, *widths: int) -> list[str]:
    """At which widths the page scrolls sideways."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        if page.locator("html").evaluate("root => root.scrollWidth > root.clientWidth"):
            found.append(f"wider than {width}")
    return found


def printed_wrongly(page: Page) -> list[str]:
    """What only a screen needs is not printed; the text is."""
    page.emulate_media(media="print")
    found = wider_than(page, 700)
    found += page.locator("nav, .menu, .skip, .language, .pages, form").evaluate_all(
        "all => all.filter(one => one.checkVisibility()).map(one => one.outerHTML)"
    )
    if not page.locator("h1").is_visible() or len(page.locator("main").inner_text()) < 60:
        found.append("nothing printed")
    page.emulate_media(media="screen")
    return found


@pytest.mark.django_db
def test_no_page_is_left_out():
    claim = whole_record("deux")
    walked = set()
    for address in pages_of(claim) | other_pages(claim):
        with suppress(Resolver404):
            walked.add(resolve(urlsplit(address).path).url_name)
    names = {pattern.name for pattern in urlpatterns if not pattern.name.endswith(NO_PAGES)}
    assert names - walked == set()


# 640 pixels are 1280 enlarged to 200 %, 320 are 1280 at 400 %.
@pytest.mark.parametrize(
    ("width", "others", "scheme"), [(360, (320,), "light"), (1280, (640, 768), "dark")]
)
def test_a_page_fits_stands_still_and_has_no_fault(
    page: Page, live_server, pages, width, others, scheme
):
    page.emulate_media(color_scheme=scheme)
    page.add_init_script(SHIFTS)
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    faults = {}
    for address, status in pages.items():
        said.clear(), asked.clear()
        page.set_viewport_size({"width": width, "height": 800})
        answer = page.goto(live_server.url + address)
        found = faults[address] = [] if answer.status == status else [answer.status]
        if moved := page.evaluate("moved()"):
            found.append(f"moves by {moved}")
        found += [line for line in said if status == 200 or f"status of {status}" not in line]
        found += [url for url in asked if not url.startswith((live_server.url, "data:"))]
        page.locator("summary").evaluate_all("all => all.forEach(one => one.click())")
        found += violations(page) + wider_than(page, width, *others)
        if scheme == "light":
            found += printed_wrongly(page)
    assert faulty(faults) == {}


def test_a_page_reads_in_order_without_its_style(page: Page, live_server, pages):
    page.route("**/*.css", lambda route: route.abort())
    faults = {}
    for address in pages:
        page.goto(live_server.url + address)
        faults[address] = page.evaluate(UNSTYLED)
    sound = {"headings": 1, "ordered": True, "huge": 0, "styled": False}
    assert {address: found for address, found in faults.items() if found != sound} == {}
