"""Merged rows: their addresses lead to the row kept, for ever or until the merge is undone."""

from claims.models import Claim, ClaimMerge, Speaker, SpeakerMerge

MERGES = {Claim: ClaimMerge, Speaker: SpeakerMerge}


def kept(model: type[Claim | Speaker], public_id: str) -> Claim | Speaker | None:
    """The published row that the address of a merged one leads to."""
    row = model.objects.filter(public_id=public_id).first()
    end = row and end_of_merges(row)
    return model.objects.published().filter(pk=end.pk).first() if end and end != row else None


def end_of_merges(row: Claim | Speaker) -> Claim | Speaker:
    """The row kept at the end of the chain of merges that begins with ``row``: often itself."""
    merges = MERGES[type(row)].objects.standing().select_related("kept")
    followed = [row]
    while merge := merges.filter(merged=followed[-1]).first():
        if merge.kept in followed:
            return row
        followed.append(merge.kept)
    return followed[-1]
