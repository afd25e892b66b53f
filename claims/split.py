"""Split a compound claim: each of its parts becomes a claim of its own."""

from collections.abc import Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _
from psycopg.types.range import Int4Range

from claims import decide
from claims.acts import act
from claims.edit import NotEditable, Spans, quote, stripped
from claims.models import Claim


def split(
    claim: Claim,
    parts: Sequence[Spans],
    by: AbstractBaseUser,
    *,
    keep: bool = False,
    accept: bool = False,
) -> list[Claim]:
    """The claims of ``parts`` (spans in code points each), in their order: candidates, or let in at
    once with ``accept``.

    They take the place of ``claim``, which is rejected, unless ``keep`` lets it in beside them. A
    part that is a claim already is that one: if it was rejected it comes back. Raises NotEditable.
    """
    with act(by, "claims.decide_claim"):
        if claim.status != Claim.Status.CANDIDATE:
            raise NotEditable(_("Only a candidate is split."))
        text = claim.sentence.snapshot.text
        contents = [stripped(text, spans) for spans in parts]
        if len({*map(tuple, contents)}) < 2:
            raise NotEditable(_("A claim is split into two parts or more."))
        original = Claim.objects.filter(pk=claim.pk)
        original.update(parts=[Int4Range(s[0][0], s[-1][1]) for s in sorted(contents)])
        # The last is made first: the inbox shows what was found later before, so in their order.
        made = [_part(claim, text, spans, by) for spans in reversed(contents)][::-1]
        if keep:
            decide.accept(original, by)
        else:
            decide.reject(original, by, because=Claim.RejectedBecause.SPLIT)
        if accept:
            decide.accept(Claim.objects.filter(pk__in=[part.pk for part in made]), by)
        return made


def _part(claim: Claim, text: str, spans: Spans, by: AbstractBaseUser) -> Claim:
    content = [Int4Range(*span) for span in spans]
    if content == claim.content:
        raise NotEditable(_("One of the parts is the whole claim."))
    part, created = Claim.objects.get_or_create(
        sentence=claim.sentence,
        content=content,
        defaults={
            "quote": quote(text, spans),
            "split_from": claim,
            **{
                name: getattr(claim, name)
                for name in (
                    "cue", "source", "speaker", "said_on", "quotation", "kind", "check_worthiness",
                )
            },
        },
    )  # fmt: skip
    if created:
        part.possible_speakers.set(claim.possible_speakers.all())
    elif part.status == Claim.Status.REJECTED:
        Claim.objects.filter(pk=part.pk).update(
            status=Claim.Status.CANDIDATE,
            decided_by=None,
            decided_at=None,
            rejected_because="",
            split_from=claim,
        )
    return part
