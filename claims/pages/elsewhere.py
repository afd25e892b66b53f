"""Where else a claim was said and reported: what its page shows of it, and all there is."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from claims.models import Claim, Link

MOST = 30  # on the page of the claim, and on one page of all
TEXTS = "sentence__snapshot__text", "sentence__snapshot__original"


def links_of(claim, before=None, kinds=Link.Kind) -> dict[str, list[Link]]:
    """The latest links of each kind to and from a claim, by kind: one more than are shown, if there
    are more; of those recorded ``before`` the one with that id."""
    of_each = [
        Link.objects.published().filter(**{end: claim}, kind=kind, **_earlier(before))
        for kind in kinds
        for end in ("claim", "earlier")
    ]
    first, *others = (rows.order_by("-id").values_list("pk")[: MOST + 1] for rows in of_each)
    # Their ids first: the planner would take them for many and read whole tables beside them.
    ids = [pk for (pk,) in first.union(*others, all=True)]
    document = "sentence__snapshot__document__publisher"
    rows = Link.objects.filter(pk__in=ids).order_by("-id")
    rows = rows.select_related(
        "claim__speaker", f"claim__{document}", "earlier__speaker", f"earlier__{document}"
    ).defer(*(f"{end}__{text}" for end in ("claim", "earlier") for text in TEXTS))
    found = {kind: [] for kind in kinds}
    for link in rows:
        found[link.kind].append(link)
    return {kind: rows[: MOST + 1] for kind, rows in found.items()}


def appearances_of(claim, before=None) -> list:
    """The latest appearances of a claim, as ``links_of``."""
    rows = claim.appearances.filter(**_earlier(before)).order_by("-id")
    with_source = rows.select_related("sentence__snapshot__document__publisher")
    return list(with_source.defer(*TEXTS)[: MOST + 1])


def _earlier(before: int | None) -> dict[str, int]:
    return {} if before is None else {"id__lt": before}


def claim_links(request, public_id, kind):
    """All claims that say again, contradict or update a claim, the latest recorded first."""
    if kind not in Link.Kind:
        raise Http404
    return _show(request, public_id, kind, lambda *of: links_of(*of, [kind])[kind])


def claim_appearances(request, public_id):
    """All documents that report a claim too, the latest recorded first."""
    return _show(request, public_id, "appearances", appearances_of)


def _show(request, public_id, kind, rows_of):
    claim = get_object_or_404(Claim.objects.published().with_source(), public_id=public_id)
    before = request.GET.get("before")
    if before is not None and not (before.isdecimal() and len(before) < 100):
        raise Http404
    rows = rows_of(claim, before and int(before))
    context = {
        "asked": {"before": before} if before else {},
        "claim": claim,
        "kind": kind,
        "rows": rows[:MOST],
        "before": rows[MOST - 1].pk if len(rows) > MOST else None,
    }
    return render(request, "claims/elsewhere.html", context)
