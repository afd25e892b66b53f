"""The parts of a claim that says several things at once, and what was split off it."""

from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Substr

from claims.models import Claim
from sources.models import Snapshot


@dataclass(frozen=True)
class Part:
    """One of the things a claim says, in the words of its document; ``claim`` where that is a
    published claim of its own."""

    words: str
    claim: Claim | None


def parts_of(claim: Claim) -> list[Part]:
    """In the order of the text; none where it says one thing."""
    if not claim.parts:
        return []
    spans = [(part.lower, part.upper) for part in claim.parts]
    cut = [Substr("text", start + 1, end - start) for start, end in spans]
    (words,) = Snapshot.objects.filter(pk=claim.sentence.snapshot_id).values_list(*cut)
    own = {
        (part.content[0].lower, part.content[-1].upper): part
        for part in Claim.objects.published().filter(split_from=claim).select_related("speaker")
    }
    return [Part(said, own.get(span)) for said, span in zip(words, spans, strict=True)]


def split_with(claim: Claim) -> list[Claim]:
    """The published claims that the same words were split into, and the whole if it is one."""
    if claim.split_from_id is None:
        return []
    same = Q(split_from=claim.split_from_id) | Q(pk=claim.split_from_id)
    found = Claim.objects.published().filter(same).exclude(pk=claim.pk).with_source()
    return list(found.order_by("content", "id"))
