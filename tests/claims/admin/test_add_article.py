"""The screen that takes articles in, and the page that tells how it goes."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from background.models import Job
from claims import roles
from claims.models import Appearance, Reading
from claims.submit import submit
from sources.models import Document, Submission, SubmittedItem
from tests.factories import (
    ClaimFactory,
    PublisherFactory,
    SentenceFactory,
    SnapshotFactory,
    SubmittedItemFactory,
    UserFactory,
)
from tests.record import verify

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

BY_THE_PAGE = {"HX-Request": "true"}
TEXT = "La maire promet deux écoles."


@pytest.fixture
def me():
    return UserFactory()


@pytest.fixture
def editor(client, me):
    client.force_login(me)
    return client


def add(client, **values):
    return client.post(of_all("add"), {"key": uuid4()} | values)


def of_all(view: str) -> str:
    return reverse(f"admin:sources_submission_{view}")


def faults(answer) -> str:
    errors = answer.context["form"].errors.values()
    return " ".join(error for each in errors for error in each)


def page(submission, view="change"):
    return reverse(f"admin:sources_submission_{view}", args=[submission.pk])


def taken_in(me, text=TEXT, claims=1, **fields):
    """A submission whose item was read, with so many candidates."""
    snapshot = SnapshotFactory(text=text, **fields)
    sentence = SentenceFactory(snapshot=snapshot)
    for number in range(claims):
        ClaimFactory(sentence=sentence, content=[(0, number + 1)])
    Reading.objects.create(snapshot=snapshot, extractor="x")
    item = SubmittedItemFactory(
        submission__by=me, fetched=False, url="", name="a.txt", status="taken_in", snapshot=snapshot
    )
    return item.submission


def test_a_pasted_text_is_queued(editor, me):
    answer = add(editor, text=f"{TEXT}\r\nEt un pont.", title="Deux écoles")
    item = SubmittedItem.objects.get()
    assert answer.url == page(item.submission)
    assert (bytes(item.content).decode(), item.title, item.name) == (
        f"{TEXT}\nEt un pont.",
        "Deux écoles",
        TEXT,
    )
    assert Job.objects.get().args == {"item_id": item.pk}


def test_each_address_is_an_item_once(editor):
    add(editor, addresses="https://a.test/1\n\n https://a.test/2 \nhttps://a.test/1")
    assert list(SubmittedItem.objects.values_list("url", "fetched")) == [
        ("https://a.test/1", True),
        ("https://a.test/2", True),
    ]


def test_addresses_pasted_as_a_text_are_addresses(editor):
    add(editor, text="https://a.test/1\r\nhttps://a.test/2")
    assert list(SubmittedItem.objects.values_list("url", flat=True)) == [
        "https://a.test/1",
        "https://a.test/2",
    ]


def test_a_text_that_begins_with_an_address_is_a_text(editor):
    add(editor, text=f"https://a.test/1 {TEXT}")
    assert not SubmittedItem.objects.get().fetched


def test_each_file_is_an_item(editor):
    add(editor, files=[SimpleUploadedFile(f"{name}.txt", TEXT.encode()) for name in "ab"])
    assert list(SubmittedItem.objects.values_list("file_name", flat=True)) == ["a.txt", "b.txt"]


def test_a_file_that_is_too_large_is_told_at_once_and_keeps_no_other_out(editor, settings):
    settings.MAX_FILE_BYTES = 30
    files = [SimpleUploadedFile("a.txt", b"x" * 31), SimpleUploadedFile("b.txt", TEXT.encode())]
    add(editor, files=files)
    large, fit = SubmittedItem.objects.all()
    assert (large.status, large.content, fit.status) == ("refused", None, "waiting")
    assert "longer than 30 bytes" in large.reason


def test_a_double_click_is_one_submission(editor):
    key = uuid4()
    first, second = (add(editor, key=key, text=TEXT) for _ in range(2))
    assert (first.url, Job.objects.count()) == (second.url, 1)


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({}, "Paste a text"),
        ({"text": " \n"}, "Paste a text"),
        ({"addresses": "http://a.test:22/\nhttps://a.test/"}, "http://a.test:22/: "),
        ({"addresses": "https://a.test/1\nhttps://a.test/2", "title": "A"}, "one article"),
        ({"addresses": "https://a.test/1", "url": "https://a.test/2"}, "has its address"),
        ({"text": TEXT, "published_on": "2999"}, "in the future"),
        ({"text": TEXT, "published_on": "mardi"}, "is not a date"),
        ({"text": TEXT, "url": "ici"}, "is not a web address"),
        ({"files": SimpleUploadedFile("a.zip", b"PK"), "title": "A"}, "one article"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_handed_over(editor, values, fault):
    assert fault in faults(add(editor, **values))
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("limit", "fault"),
    [
        ("MAX_TEXT_BYTES", "longer than 1 bytes"),
        ("MAX_SUBMITTED_FILES", "more than 1 at once"),
        ("MAX_SUBMISSION_BYTES", "larger than 1 bytes together"),
        ("MAX_SUBMITTED_ITEMS", "more than 1 at once"),
    ],
)
def test_too_much_is_told(editor, settings, limit, fault):
    setattr(settings, limit, 1)
    files = [SimpleUploadedFile(f"{name}.txt", TEXT.encode()) for name in "ab"]
    assert fault in faults(add(editor, text=TEXT, files=files))


def test_sent_by_the_page_the_faults_alone_come_back(editor):
    answer = editor.post(of_all("add"), {"key": uuid4()}, headers=BY_THE_PAGE)
    assert (answer.status_code, "<html" in answer.content.decode()) == (422, False)


def test_sent_by_the_page_it_is_led_on(editor):
    answer = editor.post(of_all("add"), {"key": uuid4(), "text": TEXT}, headers=BY_THE_PAGE)
    assert answer["HX-Redirect"] == page(Submission.objects.get())


def test_publishers_are_suggested(editor):
    PublisherFactory(name="Le Journal")
    PublisherFactory(name="La Gazette")
    answer = editor.get(of_all("publishers"), {"publisher": "jour"})
    assert answer.content.decode().strip() == '<option value="Le Journal"></option>'


def test_a_publisher_is_known_in_whatever_case(editor):
    PublisherFactory(name="Le Journal")
    add(editor, text=TEXT, publisher="le journal")
    assert SubmittedItem.objects.get().publisher == "Le Journal"


def test_it_takes_the_place_of_the_plain_form_of_a_document(editor):
    assert editor.get(reverse("admin:sources_document_add")).url == of_all("add")


def test_a_document_that_is_only_cited_is_added_where_it_is_cited(editor):
    answer = editor.get(reverse("admin:sources_document_add"), {"_popup": 1})
    assert answer.status_code == 200


def test_while_something_waits_the_page_asks_again(editor, me):
    submission = submit([SubmittedItem(name="a", content=b"a")], me, uuid4())
    shown = editor.get(page(submission)).content.decode()
    assert f'hx-get="{page(submission, "progress")}' in shown
    assert "0 of 1 done" in shown


def test_what_did_not_change_is_not_sent_again(editor, me):
    submission = submit([SubmittedItem(name="a", content=b"a")], me, uuid4())
    SubmittedItemFactory(submission=submission, status="refused", reason="no such page")
    seen = editor.get(page(submission)).context["seen"]
    assert editor.get(page(submission, "progress"), {"seen": seen}).status_code == 204
    assert editor.get(page(submission, "progress"), {"seen": "x"}).status_code == 200


def test_what_is_finished_is_not_asked_for_again(editor, me):
    submission = taken_in(me, claims=0)
    assert page(submission, "progress") not in editor.get(page(submission)).content.decode()


def test_it_leads_straight_to_the_candidates(editor, me):
    submission = taken_in(me)
    answer = editor.get(page(submission, "progress"), headers=BY_THE_PAGE)
    assert f"document={Document.objects.get().pk}" in answer["HX-Redirect"]


def test_what_nobody_said_is_asked_for_first(editor, me):
    submission = taken_in(me, document__publisher=None)
    answer = editor.get(page(submission, "progress"), headers=BY_THE_PAGE)
    assert "HX-Redirect" not in answer
    assert 'name="publisher"' in answer.content.decode()
    assert 'name="published_on"' not in answer.content.decode()


def test_a_title_made_of_the_first_words_is_asked_for(editor, me):
    shown = editor.get(page(taken_in(me, document__title=TEXT))).content.decode()
    assert 'name="title"' in shown


def test_what_is_filled_in_leads_on_to_the_candidates(editor, me):
    submission = taken_in(me, document__publisher=None)
    document = Document.objects.get()
    values = {"document": document.pk, "publisher": "Le Journal", "then": ""}
    answer = editor.post(page(submission, "missing"), values)
    document.refresh_from_db()
    assert (document.publisher.name, f"document={document.pk}" in answer.url) == (
        "Le Journal",
        True,
    )


def test_what_is_filled_in_wrongly_is_told(editor, me):
    submission = taken_in(me, document__published_on=None)
    values = {"document": Document.objects.get().pk, "published_on": "2999"}
    answer = editor.post(page(submission, "missing"), values, follow=True)
    assert "in the future" in " ".join(str(m) for m in answer.context["messages"])


def test_what_a_gate_refuses_is_told(editor, me):
    submission = taken_in(me, document__published_on=None)
    snapshot = submission.items.get().snapshot
    verify(ClaimFactory(sentence__snapshot=snapshot, accepted=True, said_on=None))
    values = {"document": snapshot.document.pk, "published_on": "2026-01", "then": ""}
    answer = editor.post(page(submission, "missing"), values, follow=True)
    assert "cannot have been said later" in " ".join(str(m) for m in answer.context["messages"])


def test_the_document_of_another_submission_is_not_filled_in(editor, me):
    other = SnapshotFactory(document__publisher=None).document
    values = {"document": other.pk, "publisher": "Le Journal"}
    assert editor.post(page(taken_in(me), "missing"), values).status_code == 404


def test_each_item_tells_what_came_of_it(editor, me):
    submission = taken_in(me, claims=2)
    item = submission.items.get()
    known = ClaimFactory()
    sentence = SentenceFactory(snapshot=item.snapshot)
    Appearance.objects.create(claim=known, sentence=sentence)
    reason = "it is an image"
    SubmittedItemFactory(submission=submission, status="refused", reason=reason, fetched=False)
    shown = editor.get(page(submission)).content.decode()
    for text in ("2 candidates", "1 claim it reports is known", "Refused: it is an image."):
        assert text in " ".join(shown.split())


def test_a_job_that_failed_says_why_and_can_be_tried_again(editor, me):
    submission = submit([SubmittedItem(name="a", content=b"a")], me, uuid4())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    shown = editor.get(page(submission)).content.decode()
    assert ("It failed" in shown, "Try again" in shown) == (True, True)
    editor.post(page(submission, "again"), {"item": submission.items.get().pk})
    assert Job.objects.get().status == "todo"


def test_how_far_it_is_takes_as_many_queries_for_many_as_for_one(editor, me, counted_queries):
    submission = taken_in(me)
    for number in range(4):
        more = taken_in(me, text=f"{TEXT} {number}", document__publisher=None)
        more.items.update(submission=submission)
    with counted_queries("progress of a submission"):
        editor.get(page(submission, "progress"))


def test_the_list_is_of_ones_own(editor, me):
    mine, other = taken_in(me), SubmittedItemFactory().submission
    assert list(editor.get(of_all("changelist")).context["cl"].queryset) == [mine]
    assert list(editor.get(of_all("changelist"), {"whose": "all"}).context["cl"].queryset) == [
        other,
        mine,
    ]


def test_the_list_tells_what_came_of_each(editor, me):
    submission = taken_in(me)
    SubmittedItemFactory(submission=submission)
    assert "1 waits, 1 added" in editor.get(of_all("changelist")).content.decode()


def test_a_contributor_adds_nothing_and_sees_nothing(client, me):
    submission = taken_in(me)
    client.force_login(UserFactory(role=roles.CONTRIBUTOR))
    addresses = [
        of_all("add"),
        of_all("changelist"),
        page(submission),
        page(submission, "progress"),
    ]
    assert [client.get(address).status_code for address in addresses] == [403] * 4
    posts = [of_all("add"), page(submission, "again"), page(submission, "missing")]
    assert [client.post(address).status_code for address in posts] == [403] * 3


@pytest.mark.parametrize("view", ["again", "missing"])
def test_what_names_no_row_is_not_found(editor, me, view):
    assert editor.post(page(taken_in(me), view), {"item": "x"}).status_code == 404


def test_what_changes_something_is_posted(editor, me):
    submission = taken_in(me)
    views = [page(submission, "again"), page(submission, "missing")]
    assert [editor.get(view).status_code for view in views] == [405, 405]
