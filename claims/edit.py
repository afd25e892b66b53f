"""Change what a candidate says: its bounds in the text, its words, whose and of what kind it is."""

from collections.abc import Sequence
from itertools import pairwise

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _
from psycopg.types.range import Int4Range

from claims.acts import act
from claims.models import Claim
from sources.models import Sentence

Spans = Sequence[tuple[int, int]]


class NotEditable(Exception):
    """Why it cannot be changed so, in the interface's language."""


def edit(claim: Claim, by: AbstractBaseUser, content: Spans | None = None, **fields) -> None:
    """Give a claim that is not public other values; ``content`` is (start, end) in code points.

    With its bounds its quote changes, the parts that are no longer inside go, and where no cue
    says which sentence is its source, that follows too. Raises NotEditable, and Closed.
    """
    with act(by, "claims.change_claim"):
        if claim.status == Claim.Status.ACCEPTED:
            raise NotEditable(_("It is public: a change needs a correction."))
        if content is not None:
            fields |= bounds(claim, content)
        changed = [name for name, value in fields.items() if getattr(claim, name) != value]
        for name in changed:
            setattr(claim, name, fields[name])
        if changed:
            claim.save(update_fields=changed)


def bounds(claim: Claim, content: Spans) -> dict:
    """What changes with the bounds of a claim: its content, quote, parts and source sentence.

    Raises NotEditable where the bounds are none, or another claim has them.
    """
    snapshot = claim.sentence.snapshot
    spans = stripped(snapshot.text, content)
    sentence = claim.sentence
    if claim.cue is None:
        holding = Sentence.objects.filter(snapshot=snapshot, start__lte=spans[0][0])
        sentence = holding.order_by("-start").first() or sentence
    ranges = [Int4Range(*span) for span in spans]
    same = Claim.objects.filter(sentence=sentence, content=ranges).exclude(pk=claim.pk)
    if same.exists():
        raise NotEditable(_("These words are a claim already."))
    parts = [
        part
        for part in claim.parts
        if any(start <= part.lower and part.upper <= end for start, end in spans)
    ]
    return {
        "content": ranges,
        "quote": quote(snapshot.text, spans),
        "parts": parts if len(parts) > 1 else [],
        "sentence": sentence,
    }


def quote(text: str, spans: Spans) -> str:
    """The words of a claim, as its row holds them."""
    return " […] ".join(text[start:end] for start, end in spans)


def stripped(text: str, spans: Spans) -> list[tuple[int, int]]:
    """Spans in their order, without the blanks at their ends; raises NotEditable if they are none
    of ``text``, or overlap."""
    found = []
    for start, end in sorted(spans):
        if not 0 <= start < end <= len(text):
            raise NotEditable(_("That is no passage of the text."))
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            found.append((start, end))
    if not found:
        raise NotEditable(_("Nothing is selected."))
    if any(one[1] > other[0] for one, other in pairwise(found)):
        raise NotEditable(_("These passages overlap."))
    return found
