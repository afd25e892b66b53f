"""Merge two rows that are one and the same; the merged one redirects for ever, or until undone."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from pghistory.core import event_models
from psycopg.errors import UniqueViolation

from claims.acts import act, forbidden
from claims.gates import Closed, gates
from claims.models import (
    Alias,
    Appearance,
    Claim,
    ClaimMerge,
    ClaimReview,
    Coverage,
    Development,
    Effect,
    Forecast,
    Link,
    Position,
    PossibleSpeaker,
    Speaker,
    SpeakerMerge,
    Verification,
)
from claims.record import RECORDING
from sources.history import Event, RecordClock
from sources.locks import hold


class NotMergeable(Exception):
    """Why two rows cannot be merged, in the interface's language."""


def merge_speakers(
    merged: Speaker, kept: Speaker, by: AbstractBaseUser, reason: str
) -> SpeakerMerge:
    """What was said by ``merged`` was said by ``kept``, which takes over names and positions."""
    with act(by, "claims.merge_speaker", reason) as act_id:
        _lock(merged, kept)
        Claim.objects.filter(speaker=merged).update(speaker=kept)
        ClaimReview.objects.filter(speaker=merged).update(speaker=kept)
        _move(PossibleSpeaker.objects.filter(speaker=merged), "speaker", kept, "claim")
        if merged.name != kept.name:
            Alias.objects.get_or_create(speaker=kept, name=merged.name)
        _move(Alias.objects.filter(speaker=merged), "speaker", kept, "name")
        held = Position.objects.filter(speaker=merged)
        _move(held, "speaker", kept, "title", "organisation", "since")
        within = Position.objects.filter(organisation=merged)
        _move(within, "organisation", kept, "speaker", "title", "since")
        return SpeakerMerge.objects.create(
            merged=merged, kept=kept, made_by=by, reason=reason, act=act_id
        )


def merge_claims(merged: Claim, kept: Claim, by: AbstractBaseUser, reason: str) -> ClaimMerge:
    """Both are one utterance: what bears on ``merged`` bears on ``kept``, which appeared there too.

    Of a candidate it is a decision like others, of what is public it takes more. Raises Closed if a
    published verification is about ``merged``: keep that one instead.
    """
    with act(by, "claims.decide_claim", reason) as act_id:
        _lock(merged, kept)
        merged.refresh_from_db()
        kept.refresh_from_db()
        if merged.status != Claim.Status.CANDIDATE and not by.has_perm("claims.merge_claim"):
            raise forbidden()
        if merged.status == Claim.Status.ACCEPTED != kept.status:
            raise NotMergeable(_("Keep the one that is public: its address stays."))
        Claim.objects.filter(pk=merged.pk).update(
            status=Claim.Status.MERGED,
            rejected_because="",
            decided_by=by,
            decided_at=RecordClock(),
        )
        if merged.document != kept.document:
            Appearance.objects.get_or_create(
                claim=kept, sentence=merged.sentence, defaults={"content": merged.content}
            )
        _move(Appearance.objects.filter(claim=merged), "claim", kept, "sentence")
        # A claim does not bear on itself.
        effects = Effect.objects.filter(claim=merged).exclude(development__claim=kept)
        _move(effects, "claim", kept, "development")
        _move(
            Coverage.objects.filter(
                claim=merged, verification__in=Verification.objects.open()
            ),
            "claim", kept, "verification",
        )  # fmt: skip
        Development.objects.filter(claim=merged).exclude(effects__claim=kept).update(claim=kept)
        if not Forecast.objects.filter(claim=kept).exists():
            # One whose time has come stays where it was written.
            open_ones = Forecast.objects.filter(outcome="", due_on__end__gt=timezone.localdate())
            open_ones.filter(claim=merged).update(claim=kept)
        _move_links(merged, kept)
        ClaimReview.objects.filter(claim=merged).update(claim=kept)
        return ClaimMerge.objects.create(
            merged=merged, kept=kept, made_by=by, reason=reason, act=act_id
        )


def _lock(merged: Model, kept: Model) -> None:
    """Nobody merges either of them meanwhile; raises NotMergeable if one is merged already.

    Nor is anything recorded, that would belong to the merged one afterwards.
    """
    hold([RECORDING])
    model = type(merged)
    list(model.objects.select_for_update().filter(pk__in=[merged.pk, kept.pk]).order_by("pk"))
    for row in (merged, kept):
        if row.merges.standing().exists():
            raise NotMergeable(_("“%(name)s” has been merged already.") % {"name": row})


def _move(rows: QuerySet, field: str, kept: Model, *same: str) -> None:
    """Give rows to ``kept``; those it has already (the same in ``same``) stay where they are."""
    has = rows.model.objects.filter(**{field: kept})
    for row in rows:
        if not has.filter(**{name: getattr(row, name) for name in same}).exists():
            rows.model.objects.filter(pk=row.pk).update(**{field: kept})


# Of two links that become one: what an editor let in stays public, what one refused stays refused.
STRENGTH = [Link.Status.PROPOSED, Link.Status.REFUSED, Link.Status.ACCEPTED]


def _move_links(merged: Claim, kept: Claim) -> None:
    for link in Link.objects.touching([merged]):
        mine, other = (
            ("claim", link.earlier_id) if link.claim_id == merged.pk else ("earlier", link.claim_id)
        )
        if other == kept.pk:
            continue
        ends = [kept.pk, other]
        there = Link.objects.filter(kind=link.kind, claim__in=ends, earlier__in=ends).first()
        if there is None:
            Link.objects.filter(pk=link.pk).update(**{mine: kept})
        elif STRENGTH.index(link.status) > STRENGTH.index(there.status):
            Link.objects.filter(pk=there.pk).update(
                status=link.status, decided_by=link.decided_by_id, decided_at=link.decided_at
            )


def undo(merge: SpeakerMerge | ClaimMerge, by: AbstractBaseUser, reason: str) -> list[str]:
    """Take back everything the merge changed, but for what was changed again since.

    Returns what stays where it is now, each in a sentence: a verification that was published
    meanwhile keeps its claims, and where the same was entered since there is no room. Raises
    NotMergeable if it is undone already, or if ``kept`` has been merged itself: that merge is
    undone first.
    """
    model, held = type(merge), []
    with act(by, _permission_to_undo(merge, by), reason):
        standing = model.objects.standing().select_for_update().filter(pk=merge.pk)
        if not standing.update(undone_by=by, undone_at=RecordClock()):
            raise NotMergeable(_("It is undone already."))
        if merge.kept.merges.standing().exists():
            raise NotMergeable(_("“%(name)s” has been merged already.") % {"name": merge.kept})
        for event in _changes(merge):
            try:
                with gates():
                    _take_back(event)
            except Closed as closed:
                held.append(str(closed))
            except IntegrityError as error:
                if not isinstance(error.__cause__, UniqueViolation):
                    raise
                held.append(_("The same was entered since at the place it came from."))
    return held


def _permission_to_undo(merge: SpeakerMerge | ClaimMerge, by: AbstractBaseUser) -> str:
    """Who merged a candidate may take that back."""
    if isinstance(merge, SpeakerMerge):
        return "claims.merge_speaker"
    before = Claim.pgh_event_model.objects.filter(id=merge.merged_id).exclude(pgh_context=merge.act)
    event = before.filter(pgh_created_at__lt=merge.made_at).order_by("-pgh_id").first()
    candidate = event is not None and event.status == Claim.Status.CANDIDATE
    return "claims.decide_claim" if candidate and merge.made_by == by else "claims.merge_claim"


def _changes(merge: SpeakerMerge | ClaimMerge) -> list[Event]:
    """The events of the merge, the last first; its own row is not one of them."""
    events = []
    for model in event_models():
        if issubclass(model, Event) and model.pgh_tracked_model is not type(merge):
            events += model.objects.filter(pgh_context=merge.act)
    return sorted(events, key=lambda event: event.pgh_created_at, reverse=True)


def _take_back(event: Event) -> None:
    model, rows = event.pgh_tracked_model, type(event).objects.filter(id=event.id)
    if event.pgh_label == "insert":
        if rows.latest("pgh_id") == event:
            model.objects.filter(pk=event.id).delete()
        return
    before = rows.filter(pgh_id__lt=event.pgh_id).latest("pgh_id")
    changed = {
        field.attname: getattr(before, field.attname)
        for field in model._meta.concrete_fields
        if getattr(before, field.attname) != getattr(event, field.attname)
    }
    # Where somebody decided otherwise since, that stands.
    untouched = {name: getattr(event, name) for name in changed}
    model.objects.filter(pk=event.id, **untouched).update(**changed)
