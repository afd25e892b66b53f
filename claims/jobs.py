"""What is done in the background: feeds are polled, addresses taken in, snapshots read, files
imported."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, override
from procrastinate import JobContext
from procrastinate.contrib.django import app

from background.models import Job
from background.queue import Priority, defer
from background.retry import BackOff
from claims import engine, importing
from claims.models import Import, Reading
from claims.record import record
from sources.feeds.poll import poll, take_due
from sources.feeds.take_in import outcome
from sources.feeds.take_in import take_in as take_in_entry
from sources.fetching.fetch import fetch
from sources.models import Entry, Feed, Snapshot
from sources.origin import Origin
from sources.refused import Refused


@app.task(name="take_in", retry=BackOff())
def take_in(url: str) -> None:
    """Fetch what stands at ``url``, keep it, and have it read."""
    fetched = fetch(url, now=timezone.now())
    with transaction.atomic():
        _have_new_read(fetched.ingest(Origin(), today=timezone.localdate()).snapshot)


@app.task(name="read", retry=BackOff())
def read(snapshot_id: int) -> None:
    """Record the claims of a snapshot, unless this version of the extractor has."""
    if _is_read(snapshot_id):
        return
    snapshot = Snapshot.objects.select_related("document").get(pk=snapshot_id)
    record(snapshot, engine.read(snapshot), engine.version())


@app.periodic(cron="* * * * *")
@app.task(name="poll_due", queueing_lock="poll_due", lock="poll_due", priority=Priority.NEWS)
@transaction.atomic
def poll_due(timestamp: int) -> None:
    """Have every feed polled whose turn has come."""
    for feed in take_due(timezone.now()):
        have_polled(feed.pk)


@app.task(name="poll", retry=BackOff())
def poll_feed(feed_id: int) -> None:
    """Ask a feed what is new, unless it was paused; have that taken in."""
    if feed := Feed.objects.filter(pk=feed_id, active=True).first():
        poll(feed, now=timezone.now(), take_in=_have_new_taken_in)


@app.task(name="take_in_entry", retry=BackOff(), pass_context=True)
def take_in_announced(context: JobContext, entry_id: int) -> None:
    """Take in what a feed announced; what came of it is kept with the entry."""
    entry = Entry.objects.select_related("feed__publisher").get(pk=entry_id)
    if entry.outcome == Entry.Outcome.TAKEN_IN:
        return
    try:
        take_in_entry(entry, now=timezone.now(), then=_have_new_read)
    except Refused as refusal:
        again = BackOff().get_retry_decision(exception=refusal, job=context.job)
        entry.outcome = Entry.Outcome.WAITING if again else outcome(refusal)
        entry.reason = str(refusal)
        entry.save(update_fields=["outcome", "reason"])
        if again:
            raise


@app.task(name="run_import", retry=BackOff(), pass_context=True)
def run_import(context: JobContext, import_id: int, name: str, language: str) -> None:
    """Go on with an import: check it, carry it out, or read the reviews it brings."""
    import_ = Import.objects.select_related("made_by").get(pk=import_id)
    with override(language):
        try:
            importing.go_on(import_)
        except Exception as error:
            if not BackOff().get_retry_decision(exception=error, job=context.job):
                importing.give_up(import_, error)
            raise


def have_import_run(import_: Import) -> int:
    """Queue ``run_import`` once, in the language of who waits for it; returns the id of the job."""
    return defer(
        run_import,
        key=f"run_import {import_.pk}",
        priority=Priority.NEWS,
        import_id=import_.pk,
        name=import_.name[:200],
        language=get_language() or "fr",
    )


@app.periodic(cron="43 4 * * *")
@app.task(name="forget_imports", queueing_lock="forget_imports", priority=Priority.LATER)
def forget_imports(timestamp: int) -> None:
    """Let go of the files of checked imports that nobody carried out for a week."""
    importing.forget_abandoned(timezone.now())


def have_polled(feed_id: int) -> int:
    """Queue ``poll`` once; returns the id of the job."""
    return defer(poll_feed, key=f"poll {feed_id}", priority=Priority.NEWS, feed_id=feed_id)


def have_entry_taken_in(entry_id: int, priority: Priority = Priority.NEWS) -> int:
    """Queue ``take_in_entry`` once; returns the id of the job."""
    key = f"take_in_entry {entry_id}"
    return defer(take_in_announced, key=key, priority=priority, entry_id=entry_id)


def have_taken_in(url: str) -> int:
    """Queue ``take_in`` once; returns the id of the job."""
    return defer(take_in, key=f"take_in {url}", priority=Priority.NEWS, url=url)


def have_read(snapshot_id: int, priority: Priority) -> int:
    """Queue ``read`` once; returns the id of the job."""
    key = _key_of_reading(snapshot_id)
    return defer(read, key=key, priority=priority, snapshot_id=snapshot_id)


def job_that_reads(snapshot_id: int) -> Job | None:
    """The latest one; None if it was forgotten, or none was needed."""
    return Job.objects.filter(queueing_lock=_key_of_reading(snapshot_id)).order_by("pk").last()


def _key_of_reading(snapshot_id: int) -> str:
    return f"read {snapshot_id}"


def _have_new_taken_in(entries: list[Entry], never_read: bool) -> None:
    """What a new feed announces at first does not keep the news waiting."""
    for entry in entries:
        have_entry_taken_in(entry.pk, Priority.USUAL if never_read else Priority.NEWS)


def _have_new_read(snapshot: Snapshot) -> None:
    if not _is_read(snapshot.pk):
        have_read(snapshot.pk, Priority.NEWS)


def _is_read(snapshot_id: int) -> bool:
    return Reading.objects.filter(snapshot=snapshot_id, extractor=engine.version()).exists()
