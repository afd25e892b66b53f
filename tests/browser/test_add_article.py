"""An editor adds articles: pasted, in a set of files, and by their addresses."""

import pytest
from playwright.sync_api import expect

from claims.models import Claim, Reading
from sources.models import Submission
from tests.browser.accessibility import violations
from tests.factories import ClaimFactory, SubmittedItemFactory, UserFactory

pytestmark = pytest.mark.usefixtures("queue")

ADD = "/en/admin/sources/submission/add/"
TEXT = "La maire Jeanne Roux a promis mardi que deux écoles ouvriraient en 2027.\n\nEt un pont."
IMAGE = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def page(desk):
    page = desk()
    page.goto(ADD)
    return page


def file(name, content):
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def test_from_a_pasted_text_to_its_candidates_by_keyboard(page, work_beside):
    expect(page.get_by_label("Text", exact=True)).to_be_focused()
    page.keyboard.insert_text(TEXT)
    page.get_by_label("Publisher").fill("Le Journal")
    page.get_by_label("Published on").fill("2025-12-05")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_contain_text("0 of 1 done")
    work_beside()
    expect(page.get_by_text("Nothing says this of it")).to_be_visible()
    page.get_by_label("Title").fill("Deux écoles")
    page.keyboard.press("Enter")
    expect(page.get_by_text("ouvriraient en 2027").first).to_be_visible()
    claim = Claim.objects.get()
    assert str(claim.document) == "Deux écoles"
    assert f"document={claim.document.pk}" in page.url


def test_a_set_with_a_bad_file_is_taken_in_but_for_that(page, work_beside):
    files = [file("a.txt", TEXT.encode()), file("b.png", IMAGE), file("trop.txt", b"")]
    page.get_by_label("Files", exact=True).set_input_files(files)
    page.get_by_role("button", name="Remove trop.txt").click()
    page.get_by_role("button", name="Add and read").click()
    page.wait_for_url("**/change/")
    work_beside()
    expect(page.get_by_role("status")).to_contain_text("2 of 2 done")
    items = page.get_by_role("listitem").filter(has=page.get_by_role("heading"))
    expect(items).to_contain_text(["1 candidate", "Refused: c’est une image"])


def test_what_was_chosen_and_typed_stays_when_something_is_wrong(page):
    page.get_by_label("Files", exact=True).set_input_files([file("a.txt", TEXT.encode())])
    page.get_by_label("Published on").fill("2999")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("in the future")
    page.get_by_label("Published on").fill("2025")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/change/")
    assert Submission.objects.get().items.get().file_name == "a.txt"


def test_a_file_can_be_dropped_beside_the_field(page):
    dropped = page.evaluate_handle(
        "() => { const data = new DataTransfer(); data.items.add(new File(['a'], 'a.txt'));"
        " return data; }"
    )
    page.locator("#content").dispatch_event("drop", {"dataTransfer": dropped})
    expect(page.get_by_role("list", name="Chosen files")).to_contain_text("a.txt")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_it(desk, scheme):
    editor = UserFactory()
    submission = everything_that_a_submission_shows(editor)
    page = desk(editor, color_scheme=scheme, viewport={"width": 360, "height": 740})
    for address in (ADD, f"/en/admin/sources/submission/{submission.pk}/change/"):
        page.goto(address)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def everything_that_a_submission_shows(editor):
    claim = ClaimFactory(sentence__snapshot__document__publisher=None)
    known = {"status": "known", "snapshot": claim.sentence.snapshot, "fetched": False}
    Reading.objects.create(snapshot=claim.sentence.snapshot, extractor="x")
    item = SubmittedItemFactory(submission__by=editor, **known)
    refused = {"status": "refused", "reason": "la page n’existe pas"}
    SubmittedItemFactory(submission=item.submission, name="anti" * 40, **refused)
    return item.submission
