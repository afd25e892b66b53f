"""The contact form and the pages about the site, in a real browser without script."""

import pytest
from playwright.sync_api import Page, expect

from claims.models import Message
from tests.browser.accessibility import violations
from tests.factories import ClaimFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scriptless(browser):
    with browser.new_page(java_script_enabled=False) as page:
        yield page


def test_what_is_wrong_on_a_page_is_written_without_script(scriptless: Page, live_server):
    page = scriptless
    claim = ClaimFactory(accepted=True)
    page.goto(f"{live_server.url}/en{claim.get_absolute_url()}")
    page.get_by_role("link", name="Something wrong on this page?").click()
    expect(page.get_by_label("Something that is wrong on this site")).to_be_checked()
    page.get_by_label("Your message").fill("It was on Tuesday.")
    page.get_by_role("button", name="Send").click()
    fault = page.get_by_role("alert").get_by_role("link", name="Your message")
    fault.click()
    expect(page.get_by_label("Your message")).to_have_value("It was on Tuesday.")
    page.get_by_label("Your message").fill("It was on Tuesday, not on Monday.")
    page.get_by_role("button", name="Send").click()
    message = Message.objects.get()
    expect(page.locator("main")).to_contain_text(message.public_id)
    assert message.address == f"{live_server.url}/en{claim.get_absolute_url()}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_form_with_errors_has_no_accessibility_fault_and_fits(page: Page, live_server, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{live_server.url}/contact/")
    page.locator("main").get_by_role("button").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page) == []
    assert page.locator("html").evaluate("root => root.scrollWidth <= root.clientWidth")
