"""What an editor makes of a proposed link besides accepting and refusing it."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from claims import decide
from claims.acts import act
from claims.models import Claim, Link
from claims.take_back import NothingToTakeBack, midnight

REACH = 50  # decisions that stay: nothing before them is taken back
DECISION = ["kind", "status", "decided_by_id", "decided_at"]


def accept_as(link: Link, kind: str, by: AbstractBaseUser) -> Link:
    """Accept the link as one of another kind: an update, not a contradiction. Returns what stands.

    Where the two are linked so already, that is accepted and this one refused.
    """
    with act(by, decide.DECIDES[Link]):
        ends = [link.claim_id, link.earlier_id]
        others = Link.objects.filter(claim__in=ends, earlier__in=ends, kind=kind)
        if there := others.exclude(pk=link.pk).first():
            decide.refuse_proposals(Link.objects.filter(pk=link.pk), by)
            link = there
        else:
            Link.objects.filter(pk=link.pk).update(kind=kind)
        decide.accept_proposals(Link.objects.filter(pk=link.pk), by)
        link.refresh_from_db()
        return link


def take_back_link(by: AbstractBaseUser, today: datetime | None = None) -> list[Link]:
    """Propose again what ``by`` decided last of links since the day began: all of that act.

    What was decided together with a claim is taken back where that was done. Left alone is what
    somebody decided otherwise since. Raises NothingToTakeBack.
    """
    events = Link.pgh_event_model.objects
    with act(by, decide.DECIDES[Link], _("Undone.")):
        decided = Link.objects.filter(decided_by=by, decided_at__gte=midnight(today))
        for last in decided.order_by("-decided_at")[:REACH]:
            event = events.filter(id=last.pk, decided_at=last.decided_at).earliest("pgh_id")
            made = event.pgh_context_id
            if Claim.pgh_event_model.objects.filter(pgh_context=made).exists():
                continue
            after = events.filter(pgh_context=made).order_by("id", "-pgh_id").distinct("id")
            if again := [pk for version in after if (pk := _as_before(version, made))]:
                return list(Link.objects.filter(pk__in=again).with_claims())
        raise NothingToTakeBack(_("You decided nothing today that could be undone."))


def _as_before(version, made) -> int | None:
    """Decide a link as it was before an act; its id, or None where it was decided anew since."""
    earlier = type(version).objects.filter(id=version.id, pgh_id__lt=version.pgh_id)
    before = earlier.exclude(pgh_context=made).order_by("-pgh_id").first()
    rows = Link.objects.filter(
        pk=version.id, status=version.status, decided_at=version.decided_at, kind=version.kind
    )
    if before is None or not rows.update(**{name: getattr(before, name) for name in DECISION}):
        return None
    return version.id
