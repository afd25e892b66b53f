"""What waits for somebody, and how much of it: counted so far only that it is always quick."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform

from claims.counted import Counted
from claims.models import Verification

MOST = 1000


def waiting(rows: QuerySet, most: int = MOST) -> Counted:
    """How many ``rows`` there are, up to ``most``: never more are read than that.

    An order of their own is kept: an index gives them in it, so the planner takes that.
    """
    rows = rows if rows.query.order_by else rows.order_by()
    found = len(rows.values_list("pk", flat=True)[: most + 1])
    return Counted(min(found, most), found > most)


def sent_back(drafts: Iterable[Verification]) -> dict[int, str]:
    """The reasons why these drafts were sent back by a second editor, by their ids."""
    events = Verification.pgh_event_model.objects.filter(id__in=[draft.pk for draft in drafts])
    status, reasons = {}, {}
    told = events.order_by("pgh_id").values_list(
        "id", "status", KeyTextTransform("reason", "pgh_context__metadata")
    )
    for pk, now, reason in told:
        if status.get(pk) == Verification.Status.IN_REVIEW and now == Verification.Status.DRAFT:
            reasons[pk] = reason or ""
        status[pk] = now
    return reasons
