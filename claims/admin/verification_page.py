"""What the page of a verification shows, whole and part by part."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from background.queue import UNFINISHED
from claims import draft, publish, review
from claims.admin.job_state import State
from claims.admin.verification_steps import state, steps
from claims.gates import GATES
from claims.highlight import marked_sentence
from claims.jobs import jobs_that_cite
from claims.models import (
    Claim,
    Evidence,
    ProtectedSource,
    Rating,
    ReviewNote,
    Scale,
    Verification,
)
from claims.protected import entitled
from sources import versions
from sources.desk import who

KEEPS = "claims.add_protectedsource"
READS = "claims.view_protectedsource"
VISIT = timedelta(minutes=30)  # Who comes back within it is still at the same reading.
REMEMBERED = 50  # readings of one person
MONTHS = {1: "m", 3: "t", 6: "y"}  # until a finding is looked at again, and the key for it

# Where on the page it is seen to that a gate opens.
PLACES = {
    "verification_has_claims": "find-claim",
    "verification_is_rated": "rating",
    "verification_has_a_summary": "summary",
    "verification_is_explained": "explanation",
    "verification_has_evidence": "address",
    "verification_has_outside_evidence": "address",
    "verification_notes_are_settled": "notes",
}
IN_EVIDENCE = {
    "verification_evidence_is_there": lambda piece: piece.is_awaited,
    "verification_evidence_takes_a_stance": lambda piece: not piece.stance,
    "verification_evidence_shows_something": lambda piece: not (piece.passage or piece.note),
    "verification_knows_its_protected_sources": lambda piece: piece.protected,
}


@dataclass(frozen=True)
class Lack:
    """A sentence on what is missing, and the id of the element where it is seen to."""

    sentence: str
    place: str


def page(verification: Verification, request) -> dict:
    """All of it."""
    user = request.user
    found = pieces(verification, user)
    return {
        "verification": verification,
        "state": state(verification),
        "writable": draft.may_write(verification, user),
        "steps": steps(verification, user),
        "covered": covered(verification),
        "evidence": found,
        "notes": notes(verification, user),
        "scale": scale(verification),
        "stances": Evidence.Stance.choices,
        "presets": presets(timezone.localdate()),
        "keeps_protected": user.has_perm(KEEPS),
        "may_note": user.has_perm(review.NOTE),
        "may_correct": user.has_perm("claims.add_correction"),
        "versions": _versions(verification),
        **missing(verification, found),
    }


def missing(verification: Verification, found: Iterable[Evidence]) -> dict:
    """What stands in the way of publication, and what does not but is open all the same."""
    if verification.status == Verification.Status.PUBLISHED:
        return {}
    lacks = [Lack(str(GATES[name]), _place(name, found)) for name in publish.breaches(verification)]
    open_notes = verification.review_notes.unsettled().filter(blocks=False).count()
    told = []
    if open_notes:
        said = ngettext(
            "%(count)d review note is open.", "%(count)d review notes are open.", open_notes
        )
        told = [Lack(said % {"count": open_notes}, "notes")]
    return {"lacks": lacks, "told": told}


def _place(name: str, found: Iterable[Evidence]) -> str:
    if of_piece := IN_EVIDENCE.get(name):
        piece = next(filter(of_piece, found), None)
        return f"piece-{piece.pk}" if piece else "evidence"
    return PLACES.get(name, "claims")


def covered(verification: Verification) -> list[Claim]:
    """Its claims with their sources, marked, and who else writes about each."""
    claims = (
        Claim.objects.filter(coverage__verification=verification)
        .with_source()
        .with_context()
        .prefetch_related("speaker__positions")
        .order_by("coverage__id")
    )
    elsewhere = draft.written_elsewhere(verification)
    for claim in claims:
        claim.segments = marked_sentence(claim)
        claim.elsewhere = elsewhere.get(claim.pk)
    return claims


def pieces(verification: Verification, user: AbstractBaseUser) -> list[Evidence]:
    """Its evidence with what is shown of each source, and of one that is awaited how far it is."""
    found = list(verification.evidence.with_source())
    jobs = jobs_that_cite(piece for piece in found if piece.is_awaited)
    known = _protected_sources(verification, user) if any(p.protected for p in found) else {}
    for piece in found:
        piece.job = jobs.get(piece.pk)
        piece.progress = _progress(piece)
        piece.known_source = known.get(piece.pk)
    return found


def _progress(piece: Evidence) -> State | None:
    """How far the fetching of a source is; None where it is there."""
    if not piece.is_awaited:
        return None
    job = piece.job
    if job is None or job.status not in UNFINISHED:
        return State(_("It was not fetched."), False)
    if job.scheduled_at and job.scheduled_at > timezone.now():
        at = date_format(timezone.localtime(job.scheduled_at), "TIME_FORMAT")
        return State(_("It is tried again at %(time)s.") % {"time": at}, True)
    return State(_("It is being fetched."), True)


def _protected_sources(verification, user) -> dict[int, ProtectedSource]:
    if not user.has_perm(READS):
        return {}
    with entitled(user):
        sources = ProtectedSource.objects.filter(evidence__verification=verification)
        return {source.evidence_id: source for source in sources}


def notes(verification: Verification, user: AbstractBaseUser) -> list[ReviewNote]:
    """What its author and its readers told each other, and what this one may settle."""
    found = list(verification.review_notes.select_related("author", "settled_by"))
    for note in found:
        note.verification = verification
        note.settleable = note.settled_at is None and review.may_settle(note, user)
    return found


def scale(verification: Verification) -> Scale | None:
    """The scale its rating is of, else the one in force."""
    in_force = Q(valid_from__lte=timezone.localdate())
    if verification.rating_id:
        in_force = Q(ratings=verification.rating_id)
    ratings = Prefetch("ratings", Rating.objects.order_by("position"))
    return Scale.objects.filter(in_force).prefetch_related(ratings).first()


def presets(today: date) -> list[dict]:
    """When a finding may be looked at again: the day, the words for it, its key."""
    return [
        {
            "day": _months_later(today, months),
            "label": ngettext("in %(count)d month", "in %(count)d months", months)
            % {"count": months},
            "key": key,
        }
        for months, key in MONTHS.items()
    ]


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _versions(verification: Verification) -> list[tuple[Verification, str]]:
    """What it supersedes and what supersedes it, with the word for where each stands."""
    before = [verification.predecessor] if verification.predecessor else []
    return [(other, state(other)[1]) for other in [*before, *verification.successors.all()]]


def reading(verification: Verification, mark: str, request) -> dict:
    """What changed since this reader looked the last time, or else since it was sent.

    Remembers in the session that they look at it now.
    """
    looked = request.session.get("looked", {})
    before, now = looked.pop(str(verification.pk), None), timezone.now()
    if before and now - parse_datetime(before["at"]) < VISIT:
        since = before["since"]
    else:
        since = before["mark"] if before else ""
    latest = {"at": now.isoformat(), "since": since, "mark": mark}
    kept = list(looked.items())[-REMEMBERED:]
    request.session["looked"] = dict([*kept, (str(verification.pk), latest)])
    if since:
        title, found = _("Since you looked the last time"), versions.since(verification, since)
    else:
        title, found = _("Since it was sent for review"), review.since_it_was_sent(verification)
    # Notes are on the page by themselves.
    told = [change for change in found if change.model is not ReviewNote]
    return {"since": title, "changes": versions.coalesced(told)}


FIELDS = {
    Verification: ["rating", "summary", "explanation", "review_by"],
    Evidence: ["stance", "primary", "passage", "note", "interest", "archived_url"],
}


def field_name(row: Verification | Evidence, field: str) -> str:
    """The name of a field on the page: "summary", "evidence.12.note"."""
    return field if isinstance(row, Verification) else f"evidence.{row.pk}.{field}"


def sent(row: Verification | Evidence, field: str) -> str:
    """The value of a field as the page sends it."""
    value = row._meta.get_field(field).value_from_object(row)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def shown(row: Verification | Evidence, field: str) -> str:
    """The value of a field as somebody reads it."""
    display = getattr(row, f"get_{field}_display", None)
    value = display() if display else getattr(row, field)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value) if value not in (None, "") else "—"


def label(row: Verification | Evidence, field: str) -> str:
    """What a field is called."""
    return capfirst(str(row._meta.get_field(field).verbose_name))


def others_words(changes: Iterable[versions.Change], but: set[str]) -> list[dict[str, str]]:
    """The fields that changed, ``but`` those of these names, with what they say now."""
    updates = [change for change in changes if change.label == "update" and change.model in FIELDS]
    rows = {
        (model, pk): row
        for model in {change.model for change in updates}
        for pk, row in model._base_manager.in_bulk(
            {change.row for change in updates if change.model is model}
        ).items()
    }
    found = {}
    for change in updates:
        if (row := rows.get(change.row_key)) is None:
            continue
        for field in (difference.field for difference in change.differences):
            name = field_name(row, field)
            if field in FIELDS[change.model] and name not in but:
                # The latest change comes first: it says whose words they are.
                found.setdefault(name, words_of(row, field, change))
    return list(found.values())


def words_of(row: Verification | Evidence, field: str, change: versions.Change) -> dict[str, str]:
    """What a field says, as it is sent and as it is read, and who wrote it."""
    return {
        "name": field_name(row, field),
        "label": label(row, field),
        "who": who(change),
        "theirs": sent(row, field),
        "shown": shown(row, field),
    }
