"""What a share image says: rows in, words out."""

import hashlib
import json
from dataclasses import asdict, dataclass

from django.template.defaultfilters import capfirst
from django.utils.translation import gettext as _

from claims.models import Claim, Standing, Verification
from claims.templatetags.pages import day

# Of the drawing: another one is another image of the same words.
DESIGN = 1


@dataclass(frozen=True)
class Card:
    """``rating`` is a value of the scale, or "" where ``verdict`` is the word of another standing;
    ``note`` says what a reader must know of it."""

    kicker: str
    words: str
    who: str
    position: str
    when: str
    verdict: str
    rating: str = ""
    note: str = ""

    @property
    def etag(self) -> str:
        """The same for the same image."""
        told = json.dumps([DESIGN, asdict(self)], ensure_ascii=False)
        return f'"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'


def of_claim(claim: Claim) -> Card:
    """A claim, and where it stands."""
    standing, rating = claim.standing, ""
    if standing.basis == Standing.Basis.VERIFICATION:
        rating = standing.verification.rating.value
    return Card(
        kicker=capfirst(claim.get_kind_display()),
        verdict=capfirst(standing.label),
        rating=rating,
        note=claim.in_law,
        **_said(claim),
    )


def of_verification(verification: Verification, claim: Claim | None) -> Card:
    """A version of a finding on ``claim``; what it finds, if no claim of it is public any more."""
    verdict, rating, note = verification.rating.label, verification.rating.value, ""
    if successor := verification.successor:
        note = _("Superseded on %(day)s.") % {"day": day(successor.published_at)}
    if getattr(verification, "withdrawal", None):
        verdict, rating = capfirst(Standing.Value.WITHDRAWN.label), ""
        note = _("Withdrawn on %(day)s.") % {"day": day(verification.withdrawal.withdrawn_at)}
    if claim and claim.proceedings:
        note = " ".join(filter(None, [note, claim.in_law]))
    said = {"words": verification.summary, "who": "", "position": "", "when": ""}
    return Card(
        kicker=_("Verified on %(day)s") % {"day": day(verification.published_at)},
        verdict=verdict,
        rating=rating,
        note=note,
        **(_said(claim) if claim else said),
    )


def _said(claim: Claim) -> dict[str, str]:
    if claim.speaker:
        who = capfirst(claim.speaker.name)
    else:
        who = _("The document itself") if claim.narrated else _("Speaker not established")
    position = claim.position
    return {
        "words": capfirst(claim.text),
        "who": who,
        "position": position.title if position else "",
        "when": str(claim.said_on or ""),
    }
