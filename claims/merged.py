"""Merged rows: their addresses lead to the row kept, for ever or until the merge is undone."""

from claims.models import Claim, ClaimMerge, Speaker, SpeakerMerge

MERGES = {Claim: ClaimMerge, Speaker: SpeakerMerge}


def kept(model: type[Claim | Speaker], public_id: str) -> Claim | Speaker | None:
    """The published row at the end of the chain of merges that begins with a merged one."""
    merges = MERGES[model].objects.standing().select_related("kept")
    followed = [public_id]
    while merge := merges.filter(merged__public_id=followed[-1]).first():
        if merge.kept.public_id in followed:
            return None
        followed.append(merge.kept.public_id)
    if len(followed) == 1:
        return None
    return model.objects.published().filter(public_id=followed[-1]).first()
