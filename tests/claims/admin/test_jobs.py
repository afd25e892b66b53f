import pytest
from asgiref.sync import async_to_sync
from django.urls import reverse
from procrastinate.jobs import Status

from background.jobs import tidy
from background.models import Failure, Job
from background.queue import Priority, defer, manager
from claims import roles
from claims.cite import cite_address
from claims.jobs import have_read, have_taken_in, poll_due
from sources.models import SubmittedItem
from tests.factories import (
    SnapshotFactory,
    SubmittedItemFactory,
    UserFactory,
    VerificationFactory,
)

pytestmark = pytest.mark.django_db

LIST = reverse("admin:background_job_changelist")
ADDRESS = "https://journal.test/article"


@pytest.fixture
def editor(client):
    client.force_login(UserFactory())
    return client


@pytest.fixture
def contributor(client):
    client.force_login(UserFactory(role=roles.CONTRIBUTOR))
    return client


@pytest.fixture
def failed():
    """A job that failed."""
    job = Job.objects.get(pk=have_taken_in(SubmittedItemFactory(url=ADDRESS)))
    async_to_sync(manager().finish_job)(job.procrastinate_job, Status.FAILED, False)
    Failure.objects.create(job=job, reason="le site ne répond pas")
    return job


def again(client, job):
    return client.post(LIST, {"action": "run_again", "_selected_action": [job.pk]}, follow=True)


def status(job):
    return Job.objects.get(pk=job.pk).status


def test_a_reading_is_shown_with_the_title_of_its_document(editor):
    snapshot = SnapshotFactory(document__title="Deux écoles")
    have_read(snapshot.pk, Priority.NEWS)
    assert "Deux écoles" in editor.get(LIST).content.decode()


def test_what_is_fetched_as_evidence_says_so(editor):
    draft = VerificationFactory()
    cite_address(draft, ADDRESS, draft.author)
    assert f"Télécharger {ADDRESS} comme élément de preuve" in editor.get(LIST).content.decode()


def test_the_reason_of_a_failure_is_shown(editor, failed):
    assert "le site ne répond pas" in editor.get(LIST).content.decode()


def test_the_list_can_be_narrowed_to_what_failed(editor, failed):
    have_taken_in(SubmittedItemFactory(url="https://journal.test/autre"))
    page = editor.get(LIST, {"status": "failed"}).content.decode()
    assert (ADDRESS in page, "journal.test/autre" in page) == (True, False)


def test_an_editor_runs_again_what_failed(editor, failed):
    again(editor, failed)
    assert status(failed) == "todo"


def test_a_contributor_sees_jobs_but_runs_none(contributor, failed):
    assert ADDRESS in contributor.get(LIST).content.decode()
    again(contributor, failed)
    assert status(failed) == "failed"


def test_what_waits_already_is_not_queued_twice(editor, failed):
    have_taken_in(SubmittedItem.objects.get())
    again(editor, failed)
    assert Job.objects.filter(status="todo").count() == 1


def test_a_job_is_read_but_not_changed(editor, failed):
    address = reverse("admin:background_job_change", args=[failed.pk])
    assert "le site ne répond pas" in editor.get(address).content.decode()
    assert editor.post(address, {"url": "https://journal.test/autre"}).status_code == 403


def test_nobody_adds_a_job(editor):
    assert editor.get(reverse("admin:background_job_add")).status_code == 403


def test_what_the_clock_begins_is_listed_only_where_it_fails(editor):
    begun = [defer(task, key=task.name, timestamp=0) for task in (poll_due, tidy)]
    for job, status in zip(begun, (Status.SUCCEEDED, Status.FAILED), strict=True):
        async_to_sync(manager().finish_job_by_id_async)(job, status, False)
    assert list(editor.get(LIST).context["cl"].queryset.values_list("pk", flat=True)) == begun[1:]
