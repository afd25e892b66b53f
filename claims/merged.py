"""Merged rows: their addresses lead to the row kept, for ever or until the merge is undone."""

from collections.abc import Collection

from claims.models import Claim, ClaimMerge, Speaker, SpeakerMerge

MERGES = {Claim: ClaimMerge, Speaker: SpeakerMerge}


def kept(model: type[Claim | Speaker], public_id: str) -> Claim | Speaker | None:
    """The published row that the address of a merged one leads to."""
    row = model.objects.filter(public_id=public_id).first()
    end = row and end_of_merges(row)
    return model.objects.published().filter(pk=end.pk).first() if end and end != row else None


def kept_of(model: type[Claim | Speaker], rows: Collection[int]) -> dict[int, str]:
    """The public ids of the published rows that these were merged into, by their keys."""
    merges = MERGES[model].objects.standing()
    after = {}
    reached = set(rows)
    while reached:
        found = dict(merges.filter(merged__in=reached).values_list("merged", "kept"))
        after |= found
        reached = set(found.values()) - set(after)
    ends = {row: _end(row, after) for row in rows if row in after}
    public = model.objects.published().order_by().filter(pk__in=ends.values())
    ids = dict(public.values_list("pk", "public_id"))
    return {row: ids[end] for row, end in ends.items() if end in ids}


def _end(row: int, after: dict[int, int]) -> int:
    """Where the chain ends that begins with ``row``; they are no circles."""
    seen = {row}
    while (row := after.get(row, row)) not in seen:
        seen.add(row)
    return row


def end_of_merges(row: Claim | Speaker) -> Claim | Speaker:
    """The row kept at the end of the chain of merges that begins with ``row``: often itself."""
    merges = MERGES[type(row)].objects.standing().select_related("kept")
    followed = [row]
    while merge := merges.filter(merged=followed[-1]).first():
        if merge.kept in followed:
            return row
        followed.append(merge.kept)
    return followed[-1]
