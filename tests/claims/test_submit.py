"""Articles that editors hand over: in the background, each once, whatever happens in between."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from background.models import Failure, Job
from claims import roles
from claims.jobs import have_taken_in
from claims.models import Claim
from claims.submit import submit, submit_again, tell
from sources.models import Document, Publisher, Snapshot, Submission, SubmittedItem
from sources.origin import Origin
from sources.partial_date import PartialDate
from tests.factories import DocumentFactory, SnapshotFactory, UserFactory
from tests.web import answer
from tests.worker import jobs, rescue, work

TEXT = "La maire Jeanne Roux a promis mardi que deux écoles ouvriraient en 2027.\n"
PAGE = answer(TEXT.encode(), Content_Type="text/plain; charset=utf-8")
IMAGE = b"\x89PNG\r\n"


def pasted():
    return SubmittedItem(name="La maire", content=TEXT.encode(), charset="utf-8")


def file(name, content):
    return SubmittedItem(name=name, file_name=name, content=content)


def address(url):
    return SubmittedItem(name=url, url=url, fetched=True)


def hand_over(*items):
    return submit(items, UserFactory(), uuid4())


@pytest.mark.usefixtures("queue", "english")
class TestInTheBackground:
    def test_a_pasted_text_becomes_candidates(self):
        hand_over(pasted())
        work()
        assert Claim.objects.get().speaker.name == "Jeanne Roux"

    def test_an_address_is_fetched(self, web):
        web.pages["/a"] = PAGE
        hand_over(address(f"{web.origin}/a"))
        work()
        assert (Document.objects.get().url, Claim.objects.count()) == (f"{web.origin}/a", 1)

    def test_one_bad_file_keeps_no_other_out(self):
        hand_over(file("a.png", IMAGE), file("b.txt", TEXT.encode()))
        work()
        assert list(SubmittedItem.objects.values_list("status", "content")) == [
            ("refused", None),
            ("taken_in", None),
        ]

    def test_what_is_out_of_order_is_tried_again_and_says_so(self, web):
        web.pages["/a"] = answer(status="503 Service Unavailable")
        hand_over(address(f"{web.origin}/a"))
        work()
        item = SubmittedItem.objects.get()
        assert (item.status, jobs("take_in_submitted")) == ("waiting", [("todo", 1)])
        assert "out of order" in item.reason

    def test_an_address_that_was_refused_can_be_tried_again(self, web):
        hand_over(address(f"{web.origin}/a"))
        work()
        assert SubmittedItem.objects.get().status == "refused"
        web.pages["/a"] = PAGE
        assert submit_again(SubmittedItem.objects.get(), UserFactory())
        work()
        assert Claim.objects.count() == 1

    def test_what_failed_by_a_fault_of_ours_runs_again(self, monkeypatch):
        with monkeypatch.context() as broken:
            broken.setattr("sources.submitted.keep", lambda texts: 1 / 0)
            hand_over(pasted())
            work()
        assert (jobs("take_in_submitted"), Failure.objects.count()) == ([("failed", 1)], 1)
        assert submit_again(SubmittedItem.objects.get(), UserFactory())
        work()
        assert Claim.objects.count() == 1

    def test_what_a_dead_worker_left_is_taken_in_by_another(self):
        hand_over(pasted())
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
        rescue()
        assert Claim.objects.count() == 1

    def test_done_twice_it_is_done_once(self):
        hand_over(pasted())
        work()
        have_taken_in(SubmittedItem.objects.get())
        work()
        assert [Claim.objects.count(), Snapshot.objects.count()] == [1, 1]

    def test_candidates_are_dated_once_their_document_is(self):
        hand_over(pasted())
        work()
        document = Document.objects.get()
        assert Claim.objects.get().said_on is None
        tell(document, Origin(PartialDate.parse("2025-12-05")), UserFactory())
        work()
        assert Claim.objects.get().said_on.isoformat() == "2025-12-02"


@pytest.mark.django_db
def test_the_same_form_sent_twice_is_one_submission():
    key, editor = uuid4(), UserFactory()
    first, second = (submit([pasted()], editor, key) for _ in range(2))
    assert (first, SubmittedItem.objects.count(), Job.objects.count()) == (second, 1, 1)


@pytest.mark.django_db
def test_a_file_that_was_refused_cannot_be_tried_again():
    refused = file("a.png", None)
    refused.status, refused.reason = "refused", "it is an image"
    hand_over(refused)
    assert not submit_again(refused, UserFactory())


@pytest.mark.django_db
def test_a_contributor_hands_nothing_over():
    with pytest.raises(PermissionDenied):
        submit([pasted()], UserFactory(role=roles.CONTRIBUTOR), uuid4())
    assert not Submission.objects.exists()


@pytest.mark.django_db
def test_what_nobody_said_is_filled_in_afterwards():
    document = SnapshotFactory(
        text=TEXT, document=DocumentFactory(publisher=None, title=TEXT.strip())
    ).document
    tell(document, Origin(publisher="Le Journal", title="Deux écoles"), UserFactory())
    document.refresh_from_db()
    assert (document.title, document.publisher) == ("Deux écoles", Publisher.objects.get())


@pytest.mark.django_db
def test_what_was_said_is_not_overwritten_afterwards():
    document = DocumentFactory(title="Deux écoles")
    publisher = document.publisher
    tell(document, Origin(publisher="Autre", title="Trois"), UserFactory())
    document.refresh_from_db()
    assert (document.title, document.publisher) == ("Deux écoles", publisher)
