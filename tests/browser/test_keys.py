"""The keys of the desk."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db(transaction=True)

BUTTONS = """
<button type="button" data-key="a">Accept</button>
<textarea data-key="w" aria-label="Wording"></textarea>
"""


@pytest.fixture
def page(desk):
    page = desk()
    page.goto("/admin/")
    # Not by an attribute: the policy of the desk lets none run.
    page.locator("#content").evaluate(
        """(content, html) => {
          content.innerHTML = html;
          const button = content.querySelector("button");
          button.addEventListener("click", () => button.textContent += "!");
        }""",
        BUTTONS,
    )
    return page


def test_a_key_presses_its_button(page):
    page.keyboard.press("a")
    expect(page.get_by_role("button", name="Accept!")).to_be_visible()


def test_a_key_typed_into_a_field_is_a_letter(page):
    page.keyboard.press("w")
    page.keyboard.type("a")
    expect(page.get_by_label("Wording")).to_have_value("a")
    expect(page.get_by_role("button", name="Accept!")).to_have_count(0)


def test_escape_leaves_a_field_for_the_keys(page):
    page.keyboard.press("w")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    expect(page.get_by_role("button", name="Accept!")).to_be_visible()


def test_the_key_of_a_page_goes_before_that_of_its_frame(page):
    page.locator("#content button").evaluate("button => button.dataset.key = '/'")
    page.keyboard.press("/")
    expect(page.get_by_role("button", name="Accept!")).to_be_visible()


def test_the_keys_of_a_page_are_listed(page):
    page.keyboard.press("?")
    expect(page.get_by_role("dialog").locator("dd")).to_contain_text(["Accept", "Wording"])


def test_single_keys_can_be_switched_off(page):
    page.keyboard.press("?")
    page.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    expect(page.get_by_role("button", name="Accept!")).to_have_count(0)
