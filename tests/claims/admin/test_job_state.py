import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.urls import reverse

from background.models import Job
from background.queue import Priority
from claims.jobs import have_read
from claims.jobs import have_taken_in as queue_item
from tests.factories import SnapshotFactory, SubmittedItemFactory, UserFactory
from tests.worker import work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

ADDRESS = "https://journal.test/article"
PROGRESS = "admin:background_job_progress"


@pytest.fixture
def editor(client):
    client.force_login(UserFactory())
    return client


def have_taken_in(url):
    return queue_item(SubmittedItemFactory(url=url))


def state(client, job: int) -> str:
    return client.get(reverse("admin:background_job_state", args=[job])).content.decode()


def set_status(job: int, status: str) -> None:
    """As the queue does; its rows are read-only to Django otherwise."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, job])


def test_the_list_says_how_much_waits_is_at_work_and_failed(editor):
    for number in range(3):
        have_taken_in(f"{ADDRESS}/{number}")
    set_status(have_taken_in(ADDRESS), "failed")
    page = editor.get(reverse("admin:background_job_changelist")).content.decode()
    for text in ("3 jobs wait", "0 at work", "1 failed"):
        assert text in page


def test_what_the_page_asks_for_again_asks_again(editor):
    answer = editor.get(reverse(PROGRESS)).content.decode()
    assert f'hx-get="{reverse(PROGRESS)}"' in answer


def test_progress_takes_one_query_of_the_queue(editor, django_assert_max_num_queries):
    for number in range(5):
        have_taken_in(f"{ADDRESS}/{number}")
    with django_assert_max_num_queries(5):
        editor.get(reverse(PROGRESS))


def test_a_job_that_waits_says_how_many_are_done_before(editor):
    have_taken_in(f"{ADDRESS}/1")
    have_taken_in(f"{ADDRESS}/2")
    assert "It waits: 2 jobs are done before." in state(editor, have_taken_in(ADDRESS))


def test_what_is_tried_again_later_is_not_done_before(editor):
    again = have_taken_in(f"{ADDRESS}/1")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET scheduled_at = now() + interval '1 hour' WHERE id = %s",
            [again],
        )
    assert "It is the next." in state(editor, have_taken_in(ADDRESS))


def test_news_is_not_held_up_by_what_can_wait(editor):
    have_read(SnapshotFactory().pk, Priority.LATER)
    assert "It is the next." in state(editor, have_taken_in(ADDRESS))


def test_an_address_that_was_fetched_goes_on_as_its_reading(editor):
    snapshot = SnapshotFactory()
    item = SubmittedItemFactory(status="taken_in", snapshot=snapshot)
    job = queue_item(item)
    set_status(job, "succeeded")
    set_status(have_read(snapshot.pk, Priority.NEWS), "doing")
    assert "It is at work." in state(editor, job)


def test_what_was_read_leads_to_its_claims(editor):
    snapshot = SnapshotFactory()
    job = have_read(snapshot.pk, Priority.NEWS)
    set_status(job, "succeeded")
    assert f"document={snapshot.document_id}" in state(editor, job)


def test_what_is_finished_is_not_asked_for_again(editor):
    job = have_taken_in(ADDRESS)
    set_status(job, "failed")
    assert "hx-get" not in state(editor, job)


@pytest.mark.usefixtures("queue")
def test_the_page_of_a_job_follows_it_to_its_end(editor):
    job = have_read(SnapshotFactory(text="La maire a promis deux écoles.").pk, Priority.NEWS)
    assert "It is the next." in state(editor, job)
    work()
    assert "It is done." in state(editor, job)


def test_who_sees_no_fetches_sees_no_progress(client):
    client.force_login(get_user_model().objects.create(username="nobody", is_staff=True))
    job = have_taken_in(ADDRESS)
    addresses = [reverse(PROGRESS), reverse("admin:background_job_state", args=[job])]
    assert [client.get(address).status_code for address in addresses] == [403, 403]
    assert Job.objects.count() == 1
