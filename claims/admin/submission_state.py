"""How far a submission is, item by item; for a page that asks again."""

from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.forms import Form
from django.utils.translation import gettext as _

from background.models import Job
from background.queue import UNFINISHED
from claims.admin.job_state import sentence_of
from claims.jobs import key_of, key_of_reading
from claims.models import Appearance, Claim, Reading
from sources.keep import untitled
from sources.models import Document, Snapshot, Submission, SubmittedItem

STEPS = 3  # begun, kept, its claims found


@dataclass
class ItemState:
    """``step`` of STEPS is done; ``sentence`` says what is at work, or what came of it.

    Its page adds where its candidates are, and a form that asks for what is missing.
    """

    item: SubmittedItem
    step: int
    sentence: str
    job: Job | None = None
    candidates: int = 0
    claims: int = 0
    appearances: int = 0
    missing: list[str] = field(default_factory=list)
    candidates_url: str = ""
    form: Form | None = None

    @property
    def document(self) -> Document | None:
        """Where its words are, if it was taken in."""
        return self.item.snapshot and self.item.snapshot.document

    @property
    def failed(self) -> bool:
        """Whether a job broke off at it."""
        return self.job is not None and self.job.status in ("failed", "cancelled", "aborted")

    @property
    def finished(self) -> bool:
        """Whether nothing becomes of it by itself."""
        return self.step == STEPS or self.failed

    @property
    def can_be_tried_again(self) -> bool:
        """Whether the same may go well now."""
        refused = self.item.status == SubmittedItem.Status.REFUSED
        return self.failed or (refused and self.item.fetched)


@dataclass
class State:
    """That of each item; archives that were unpacked count by what they held."""

    items: list[ItemState]

    @property
    def finished(self) -> bool:
        return all(item.finished for item in self.items)

    @property
    def counted(self) -> list[ItemState]:
        unpacked = SubmittedItem.Status.UNPACKED
        return [item for item in self.items if item.item.status != unpacked]

    @property
    def done(self) -> int:
        return sum(item.finished for item in self.counted)

    @property
    def steps(self) -> int:
        """Those done."""
        return sum(STEPS if item.finished else item.step for item in self.counted)

    @property
    def all_steps(self) -> int:
        return STEPS * len(self.counted)

    @property
    def straight_to(self) -> int | None:
        """The document whose candidates there are to look at, if nothing else is to be done."""
        if len(self.items) != 1 or not self.items[0].candidates or self.items[0].missing:
            return None
        return self.items[0].document.pk


def state_of(submission: Submission) -> State:
    """In as many queries for a thousand items as for one."""
    items = list(
        SubmittedItem.objects.filter(submission=submission)
        .select_related("snapshot__document__publisher")
        .defer("content", "snapshot__text", "snapshot__original", "snapshot__sketch")
    )
    snapshots = [item.snapshot_id for item in items if item.snapshot_id]
    read = set(Reading.objects.filter(snapshot__in=snapshots).values_list("snapshot", flat=True))
    nameless = untitled(Snapshot.objects.filter(pk__in=snapshots))
    claims = _counts(Claim, snapshots, candidates=Count("pk", Q(status="candidate")))
    appearances = _counts(Appearance, snapshots)
    jobs = _jobs(items, read)
    states = []
    for item in items:
        job = jobs.get(_key(item))
        if item.snapshot_id not in read and item.status in (
            SubmittedItem.Status.TAKEN_IN,
            SubmittedItem.Status.KNOWN,
        ):
            state = ItemState(item, 2, _reading(job), job)
        elif item.status == SubmittedItem.Status.WAITING:
            begun = job is not None and job.status == "doing"
            state = ItemState(item, int(begun), _waiting(item, job), job)
        else:
            state = ItemState(item, STEPS, _outcome(item))
            if item.snapshot_id:
                found = claims.get(item.snapshot_id, {})
                state.candidates = found.get("candidates", 0)
                state.claims = found.get("count", 0)
                state.appearances = appearances.get(item.snapshot_id, {}).get("count", 0)
                state.missing = _missing(item, item.snapshot_id in nameless)
        states.append(state)
    return State(states)


def _counts(model, snapshots: list[int], **more) -> dict[int, dict]:
    """How many rows stand in each snapshot."""
    rows = model.objects.filter(sentence__snapshot__in=snapshots).order_by()
    counted = rows.values("sentence__snapshot").annotate(count=Count("pk"), **more)
    return {row["sentence__snapshot"]: row for row in counted}


def _key(item: SubmittedItem) -> str:
    return key_of_reading(item.snapshot_id) if item.snapshot_id else key_of(item)


def _jobs(items: list[SubmittedItem], read: set[int]) -> dict[str, Job]:
    """The latest job of each item that is not finished, by its key."""
    keys = [_key(item) for item in items if item.snapshot_id not in read]
    found = Job.objects.filter(queueing_lock__in=keys).select_related("failure").order_by("pk")
    return {job.queueing_lock: job for job in found}


def _waiting(item: SubmittedItem, job: Job | None) -> str:
    if job is not None and job.status == "failed":
        return _("It failed: %(reason)s") % {"reason": job.reason}
    if job is not None and job.status == "doing":
        return _("It is being fetched and read.") if item.fetched else _("It is being read.")
    said = sentence_of(job) if job is not None and job.scheduled_at else _("It waits.")
    return f"{item.reason[:1].upper()}{item.reason[1:]}. {said}" if item.reason else said


def _reading(job: Job | None) -> str:
    if job is not None and job.status == "failed":
        return _("Looking for its claims failed: %(reason)s") % {"reason": job.reason}
    if job is not None and job.status in UNFINISHED:
        return _("It is kept; its claims are looked for.")
    return _("It is kept.")


def _outcome(item: SubmittedItem) -> str:
    match item.status:
        case SubmittedItem.Status.TAKEN_IN:
            return _("Taken in.")
        case SubmittedItem.Status.KNOWN:
            return _("It was known already.")
        case SubmittedItem.Status.UNPACKED:
            return " ".join(filter(None, [_("Unpacked: what it held follows."), item.reason]))
    return _("Refused: %(reason)s.") % {"reason": item.reason}


def _missing(item: SubmittedItem, nameless: bool) -> list[str]:
    """The fields of its document that nobody told, and that an editor is asked for."""
    document = item.snapshot.document
    fields = [name for name in ("publisher", "published_on") if not getattr(document, name)]
    if nameless and not item.title:
        fields.insert(0, "title")
    return fields
