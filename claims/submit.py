"""Hand over articles to be taken in, and tell afterwards what they do not say themselves."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser

from background.models import Job
from background.queue import run_again
from claims.acts import act
from claims.jobs import have_dated, have_taken_in, key_of, key_of_reading
from sources.keep import complete
from sources.locks import hold
from sources.models import Document, Submission, SubmittedItem
from sources.origin import Origin

SUBMIT = "claims.decide_claim"


def submit(items: Iterable[SubmittedItem], by: AbstractBaseUser, key: UUID) -> Submission:
    """Keep what was handed over and queue it; with a key that is known, it is that submission."""
    with act(by, SUBMIT):
        hold([f"submission {key}"])
        if known := Submission.objects.filter(key=key, by=by).first():
            return known
        submission = Submission.objects.create(key=key, by=by)
        for item in items:
            item.submission = submission
            item.save()
            if item.status == SubmittedItem.Status.WAITING:
                have_taken_in(item)
    return submission


def submit_again(item: SubmittedItem, by: AbstractBaseUser) -> bool:
    """Try once more what went wrong; returns whether that is possible."""
    with act(by, SUBMIT):
        if item.status == SubmittedItem.Status.REFUSED and item.fetched:
            item.status, item.reason = SubmittedItem.Status.WAITING, ""
            item.save(update_fields=["status", "reason"])
            have_taken_in(item)
            return True
        keys = [key_of(item), key_of_reading(item.snapshot_id)]
        failed = Job.objects.filter(queueing_lock__in=keys, status="failed")
        return sum(run_again(job) for job in failed) > 0


def tell(document: Document, origin: Origin, by: AbstractBaseUser) -> None:
    """Fill in what a document does not say of itself, and date its candidates by it.

    What is known stays as it is.
    """
    with act(by, "sources.change_document"):
        if "published_on" in complete(document, origin):
            for snapshot in document.snapshots.values_list("pk", flat=True):
                have_dated(snapshot)
