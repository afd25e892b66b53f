"""Each kind of row as an entry: claims, verifications, developments, corrections."""

from collections.abc import Iterator
from datetime import datetime
from html import unescape

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.text import Truncator, capfirst
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from claims.atom.entry import Entry, Label, latest, permanent_id, plain
from claims.models import Claim, Correction, Development, Standing, Verification
from claims.templatetags.pages import host, language

TITLE = 200  # characters


def of_claim(claim: Claim) -> Entry:
    who = f"{capfirst(claim.speaker.name)}{_colon()}" if claim.speaker else ""
    gist = unescape(render_to_string("claims/_gist.html", {"claim": claim}))
    return Entry(
        id=permanent_id(f"claims/{claim.public_id}"),
        path=claim.get_absolute_url(),
        title=_title(who + capfirst(claim.text)),
        language=language(claim),
        summary=plain(gist),
        published=claim.decided_at,
        updated=latest(_changes(claim)),
        labels=[
            Label("kinds", claim.kind, claim.get_kind_display()),
            _standing(claim.standing),
            *_speaker(claim),
        ],
        template="feeds/_claim.html",
        row=claim,
        via=_address(claim.document),
    )


def of_verification(verification: Verification) -> Entry:
    corrected = [correction.made_at for correction in verification.corrections.all()]
    successor, rating = verification.successor, verification.rating
    return Entry(
        id=permanent_id(f"verifications/{verification.public_id}"),
        path=verification.get_absolute_url(),
        title=_title(verification.summary),
        language=settings.LANGUAGE_CODE,
        summary=plain(f"{rating.label}{_colon()}{verification.summary}"),
        published=verification.published_at,
        updated=latest(
            [
                verification.published_at,
                successor and successor.published_at,
                _withdrawn_at(verification),
                *corrected,
            ]
        ),
        labels=[_rating(rating)],
        template="feeds/_verification.html",
        row=verification,
    )


def of_development(development: Development) -> Entry:
    effects = development.accepted_effects
    corrected = [correction.made_at for correction in development.corrections.all()]
    kinds = {effect.kind: effect.get_kind_display() for effect in effects}
    return Entry(
        id=permanent_id(f"developments/{development.public_id}"),
        path=development.get_absolute_url(),
        title=_title(development.title),
        language=settings.LANGUAGE_CODE,
        summary=plain(f"{development.occurred_on}{_colon()}{development.account}"),
        published=development.decided_at,
        updated=latest([development.decided_at, development.moved_at, *corrected]),
        labels=[Label("effects", kind, label) for kind, label in kinds.items()],
        template="feeds/_development.html",
        row=development,
        via=_address(development.document),
    )


def of_correction(correction: Correction) -> Entry:
    subject, kind = correction.subject, correction.get_kind_display()
    # What is no longer public is not told again here.
    shown = correction.subject_is_public
    what = capfirst(str(subject)) if shown else _("No longer public")
    return Entry(
        # Its number may be given again in another record; the moment it was made never changes.
        id=permanent_id(f"corrections/{correction.pk}/{correction.made_at.timestamp()}"),
        path=(subject if shown else correction).get_absolute_url(),
        title=_title(f"{capfirst(kind)}{_colon()}{what}"),
        language=settings.LANGUAGE_CODE if shown else get_language(),
        summary=plain(correction.note),
        published=correction.made_at,
        updated=correction.made_at,
        labels=[Label("corrections", correction.kind, kind)],
        template="feeds/_correction.html",
        row=correction,
    )


def _title(text: str) -> str:
    return Truncator(plain(text)).chars(TITLE)


def _colon() -> str:
    return pgettext("before what follows", ": ")


def _address(document) -> str:
    return document.url if document and host(document.url) else ""


def _changes(claim: Claim) -> Iterator[datetime | None]:
    """When the claim was let in, corrected, verified, moved by what happened, and came out."""
    yield claim.decided_at
    for correction in claim.corrections.all():
        yield correction.made_at
    for verification in claim.published_verifications:
        yield verification.published_at
        yield _withdrawn_at(verification)
    if claim.standing.through:
        yield claim.standing.verification.published_at
    for effect in claim.accepted_effects:
        yield effect.decided_at
        yield effect.development.decided_at
    if forecast := getattr(claim, "forecast", None):
        yield forecast.written_at
        yield forecast.recorded_at


def _withdrawn_at(verification: Verification) -> datetime | None:
    withdrawal = getattr(verification, "withdrawal", None)
    return withdrawal and withdrawal.withdrawn_at


def _standing(standing: Standing) -> Label:
    if standing.basis == Standing.Basis.VERIFICATION:
        return _rating(standing.verification.rating)
    return Label("standings", standing.value, standing.label)


def _rating(rating) -> Label:
    return Label(f"ratings-{rating.scale.version}", rating.value, rating.label)


def _speaker(claim: Claim) -> list[Label]:
    speaker = claim.speaker
    return [Label("speakers", speaker.public_id, capfirst(speaker.name))] if speaker else []
