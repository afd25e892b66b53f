"""How far a job is, in a sentence, and where what came of it is; for a page that asks again."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from background.models import Job
from background.progress import ahead
from background.queue import UNFINISHED
from claims.jobs import job_that_reads
from sources.models import Snapshot


@dataclass(frozen=True)
class State:
    """``document`` is the id of the one that was read, if it was."""

    sentence: str
    unfinished: bool
    document: int | None = None


def state_of(job: Job) -> State:
    """That of the job, or where it had a snapshot read, of the job that reads it."""
    snapshot = _snapshot(job)
    if not snapshot or job.status != "succeeded":
        return State(sentence_of(job), job.status in UNFINISHED)
    reading = None if job.task_name == "read" else job_that_reads(snapshot.pk)
    return state_of(reading) if reading else State(sentence_of(job), False, snapshot.document_id)


def _snapshot(job: Job) -> Snapshot | None:
    snapshots = Snapshot.objects.only("document")
    if "snapshot_id" in job.args:
        return snapshots.filter(pk=job.args["snapshot_id"]).first()
    if "entry_id" in job.args:
        return snapshots.filter(entries=job.args["entry_id"]).first()
    if "item_id" in job.args:
        return snapshots.filter(submitted_items=job.args["item_id"]).first()
    return None


def sentence_of(job: Job) -> str:
    """What it waits for, or that it is at work or done."""
    match job.status:
        case "todo" if job.scheduled_at and job.scheduled_at > timezone.now():
            at = date_format(timezone.localtime(job.scheduled_at), "TIME_FORMAT")
            return _("It is tried again at %(time)s.") % {"time": at}
        case "todo":
            if not (count := ahead(job)):
                return _("It is the next.")
            text = ngettext(
                "It waits: %(count)d job is done before.",
                "It waits: %(count)d jobs are done before.",
                count,
            )
            return text % {"count": count}
        case "doing":
            return _("It is at work.")
        case "succeeded":
            return _("It is done.")
        case "failed":
            return _("It failed.")
    return _("It was cancelled.")
