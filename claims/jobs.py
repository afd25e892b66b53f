"""What is done in the background: what was handed over is taken in, feeds polled, texts read,
evidence fetched, files imported."""

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, gettext, override
from procrastinate import JobContext
from procrastinate.contrib.django import app

from background.models import Job
from background.queue import Priority, defer
from background.retry import BackOff
from claims import engine, figures, importing, track
from claims.accounts import forgotten
from claims.acts import act
from claims.date import date_candidates
from claims.forget import forget
from claims.linking.suggest import suggest_for_a_while
from claims.models import Evidence, Import, Reading
from claims.publish import WRITE
from claims.purge import purge
from claims.record import record
from claims.redaction.sweep import sweep
from claims.sync import deliver, nightly
from claims.sync.events import tell_subscribers
from claims.sync.settle import settle
from sources import submitted
from sources.feeds.poll import poll, take_due
from sources.feeds.take_in import outcome
from sources.feeds.take_in import take_in as take_in_entry
from sources.fetching.fetch import fetch
from sources.history import RecordClock
from sources.models import Document, Entry, Feed, Snapshot, SubmittedItem
from sources.origin import Origin
from sources.refused import Refused


@app.task(name="take_in_submitted", retry=BackOff(), pass_context=True)
def take_in_submitted(context: JobContext, item_id: int) -> None:
    """Take in what an editor handed over; what came of it is kept with the item."""
    item = SubmittedItem.objects.select_related("submission").get(pk=item_id)
    if item.status != SubmittedItem.Status.WAITING:
        return
    now = timezone.now()
    try:
        if submitted.holds_several(item):
            submitted.unpack(item, today=timezone.localdate(now), then=have_taken_in)
        else:
            submitted.take_in(item, now=now, then=_have_new_read)
    except Refused as refusal:
        if BackOff().get_retry_decision(exception=refusal, job=context.job):
            item.reason = str(refusal)
            item.save(update_fields=["reason"])
            raise
        submitted.refuse(item, str(refusal))


@app.task(name="fetch_source", retry=BackOff())
def fetch_source(document_id: int) -> None:
    """Fetch a document that is cited by its address, and keep what it says; its claims are not
    looked for."""
    url = Document.objects.values_list("url", flat=True).get(pk=document_id)
    fetch(url, now=timezone.now()).ingest(Origin(url=url), today=timezone.localdate())


@app.task(name="read", retry=BackOff())
def read(snapshot_id: int) -> None:
    """Record the claims of a snapshot, unless this version of the extractor has."""
    if _is_read(snapshot_id):
        return
    snapshot = Snapshot.objects.select_related("document").get(pk=snapshot_id)
    record(snapshot, engine.read(snapshot), engine.version())


@app.task(name="cite", retry=BackOff())
def cite(evidence_id: int, url: str, by: int) -> None:
    """Fetch what a piece of evidence is to rest on, unless that is there or the piece is gone."""
    awaited = Evidence.objects.awaited().filter(pk=evidence_id)
    if not awaited.exists():
        return
    fetched = fetch(url, now=timezone.now())
    with act(get_user_model().objects.get(pk=by), WRITE, gettext("It was fetched.")):
        snapshot = fetched.ingest(Origin(), today=timezone.localdate()).snapshot
        awaited.update(document=snapshot.document, snapshot=snapshot, retrieved_at=RecordClock())


@app.task(name="date", retry=BackOff())
def date(snapshot_id: int) -> None:
    """Date the candidates of a snapshot whose document was dated after it was read."""
    snapshot = Snapshot.objects.select_related("document").get(pk=snapshot_id)
    date_candidates(snapshot, engine.read(snapshot))


@app.periodic(cron="* * * * *")
@app.task(name="poll_due", queueing_lock="poll_due", lock="poll_due", priority=Priority.NEWS)
@transaction.atomic
def poll_due(timestamp: int) -> None:
    """Have every feed polled whose turn has come."""
    for feed in take_due(timezone.now()):
        have_polled(feed.pk)


@app.periodic(cron="1 * * * *")  # Some things come due by the day alone.
@app.task(name="settle", lock="settle", retry=BackOff())
def tell_the_log(timestamp: int = 0) -> None:
    """Tell the change log of what changed; triggers queue this too."""
    settle()


@app.task(name="purge", retry=BackOff())
def tell_cdn() -> None:
    """Have the CDN forget the pages that show what changed; the log queues this."""
    purge()


@app.task(name="tell_subscribers", retry=BackOff())
def tell_of_events() -> None:
    """Have what happened delivered to whoever subscribed to it; the log queues this."""
    tell_subscribers()


@app.task(name="deliver", retry=BackOff())
def deliver_event(delivery_id: int) -> None:
    """Send an event to a subscriber; what came of it is kept with the delivery."""
    deliver.deliver(delivery_id, timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="deliver_due", queueing_lock="deliver_due", lock="deliver_due")
def deliver_what_is_due(timestamp: int) -> None:
    """Have every delivery sent whose turn has come."""
    for delivery_id in deliver.due(timezone.now()):
        have_delivered(delivery_id)


@app.periodic(cron="37 4 * * *")
@app.task(name="forget_events", queueing_lock="forget_events", priority=Priority.LATER)
def forget_events(timestamp: int) -> None:
    """Forget what subscribers were told a month ago."""
    deliver.forget(timezone.now())


@app.periodic(cron="23 2 * * *")
@app.task(name="dump", queueing_lock="dump", lock="dump", priority=Priority.LATER)
def make_dump(timestamp: int) -> None:
    """Write the whole record into files, and forget the oldest such."""
    nightly.make(timezone.now())


@app.task(name="sweep", queueing_lock="sweep", lock="sweep", retry=BackOff())
def sweep_redacted() -> None:
    """After a redaction: dumps from before go, and the pages of the database are swept."""
    sweep(timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="count_figures", queueing_lock="count_figures", lock="count_figures")
def count_figures(timestamp: int) -> None:
    """Count anew the figures of the desk's first page and of the speakers with many claims."""
    figures.count_anew()
    track.count_anew()


@app.periodic(cron="*/10 * * * *")  # What slipped between two jobs.
@app.task(name="suggest_links", lock="suggest_links", retry=BackOff())
def suggest_links(timestamp: int = 0) -> None:
    """Propose the links of claims that are new or were changed; triggers queue this too."""
    suggest_for_a_while()


@app.periodic(cron="7 * * * *")
@app.task(name="forget", queueing_lock="forget", lock="forget")
def forget_senders(timestamp: int) -> None:
    """Forget who wrote to the newsroom, or asked the API, once it has served its purpose."""
    forget(timezone.now())


@app.task(name="send_password_reset", retry=BackOff())
def send_password_reset(address: str, language: str) -> None:
    """Send whoever has this e-mail address a way to a new password."""
    forgotten.send(address, language)


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


def have_password_reset(address: str, language: str) -> int:
    """Queue ``send_password_reset`` once; returns the id of the job."""
    return defer(
        send_password_reset,
        key=f"send_password_reset {address}",
        priority=Priority.NEWS,
        address=address,
        language=language,
    )


def have_polled(feed_id: int) -> int:
    """Queue ``poll`` once; returns the id of the job."""
    return defer(poll_feed, key=f"poll {feed_id}", priority=Priority.NEWS, feed_id=feed_id)


def have_entry_taken_in(entry_id: int, priority: Priority = Priority.NEWS) -> int:
    """Queue ``take_in_entry`` once; returns the id of the job."""
    key = f"take_in_entry {entry_id}"
    return defer(take_in_announced, key=key, priority=priority, entry_id=entry_id)


def have_taken_in(item: SubmittedItem) -> int:
    """Queue ``take_in_submitted`` once; returns the id of the job."""
    return defer(take_in_submitted, key=key_of(item), priority=Priority.NEWS, item_id=item.pk)


def key_of(item: SubmittedItem) -> str:
    """That of the job which takes it in."""
    return f"take_in_submitted {item.pk}"


def have_delivered(delivery_id: int) -> int:
    """Queue ``deliver`` once; returns the id of the job."""
    return defer(deliver_event, key=f"deliver {delivery_id}", delivery_id=delivery_id)


def have_fetched(document_id: int) -> int:
    """Queue ``fetch_source`` once; returns the id of the job."""
    key = f"fetch_source {document_id}"
    return defer(fetch_source, key=key, priority=Priority.NEWS, document_id=document_id)


def have_evidence_fetched(piece: Evidence, by: AbstractBaseUser) -> int:
    """Queue ``cite`` once; returns the id of the job."""
    arguments = {"evidence_id": piece.pk, "url": piece.address, "by": by.pk}
    return defer(cite, key=_key_of_citing(piece.pk), priority=Priority.NEWS, **arguments)


def jobs_that_cite(pieces: Iterable[Evidence]) -> dict[int, Job]:
    """The latest job that fetches the source of each piece, by the id of the piece."""
    by_key = {_key_of_citing(piece.pk): piece.pk for piece in pieces}
    jobs = Job.objects.filter(queueing_lock__in=by_key).select_related("failure").order_by("pk")
    return {by_key[job.queueing_lock]: job for job in (jobs if by_key else [])}


def have_read(snapshot_id: int, priority: Priority) -> int:
    """Queue ``read`` once; returns the id of the job."""
    key = key_of_reading(snapshot_id)
    return defer(read, key=key, priority=priority, snapshot_id=snapshot_id)


def have_dated(snapshot_id: int) -> int:
    """Queue ``date`` once; returns the id of the job."""
    return defer(date, key=f"date {snapshot_id}", priority=Priority.NEWS, snapshot_id=snapshot_id)


def job_that_reads(snapshot_id: int) -> Job | None:
    """The latest one; None if it was forgotten, or none was needed."""
    return Job.objects.filter(queueing_lock=key_of_reading(snapshot_id)).order_by("pk").last()


def key_of_reading(snapshot_id: int) -> str:
    """That of the job which reads a snapshot."""
    return f"read {snapshot_id}"


def _key_of_citing(evidence_id: int) -> str:
    return f"cite {evidence_id}"


def _have_new_taken_in(entries: list[Entry], never_read: bool) -> None:
    """What a new feed announces at first does not keep the news waiting."""
    for entry in entries:
        have_entry_taken_in(entry.pk, Priority.USUAL if never_read else Priority.NEWS)


def _have_new_read(snapshot: Snapshot) -> None:
    if not _is_read(snapshot.pk):
        have_read(snapshot.pk, Priority.NEWS)


def _is_read(snapshot_id: int) -> bool:
    return Reading.objects.filter(snapshot=snapshot_id, extractor=engine.version()).exists()
