"""Claims as W3C Web Annotations: which words of which text of a document claim what.

The text is that of the snapshot the claim points into, and places in it are code points, as the
model wants them. A claim whose content is in several spans has a target for each: a selector that
refines another stays inside it, and these may stand in different sentences.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import iri_to_uri

from claims.licence import LICENCE
from claims.models import Claim, Standing
from claims.templatetags.pages import host, language
from sources.models import Document, Snapshot
from sources.passages import CONTEXT

CONTEXT_OF_TERMS = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = f'application/ld+json; profile="{CONTEXT_OF_TERMS}"'


def annotation(claim: Claim, origin: str, text: str) -> dict:
    """The annotation of a published claim; ``text`` is that of its snapshot.

    ``origin`` begins every address of ours: ``https://constat.example``.
    """
    standing = claim.standing
    verified = standing.basis == Standing.Basis.VERIFICATION
    targets = [_target(claim, origin, text, span.lower, span.upper) for span in claim.content]
    return {
        "id": origin + reverse("claim-annotation", args=[claim.public_id]),
        "type": "Annotation",
        "motivation": ["identifying", "assessing"] if verified else "identifying",
        "created": _time(claim.decided_at),
        "creator": creator(origin),
        "rights": LICENCE,
        "body": [
            _resource(origin, claim, "identifying"),
            _words(claim.text, language(claim), "describing"),
            *_tags(standing),
            *_in_law(claim),
            *([_resource(origin, standing.verification, "assessing")] if verified else []),
        ],
        "target": targets[0] if len(targets) == 1 else targets,
    }


def texts_of(claims: Iterable[Claim]) -> dict[int, str]:
    """The texts of the snapshots of these claims by their ids, each read once."""
    snapshots = {claim.sentence.snapshot_id for claim in claims}
    return dict(Snapshot.objects.filter(pk__in=snapshots).values_list("pk", "text"))


def creator(origin: str) -> dict:
    """Who says so: the site."""
    return {"id": f"{origin}/", "type": "Organization", "name": "Constat"}


def address_of(document: Document, origin: str) -> str:
    """Where the document is on the web, else its page here."""
    return iri_to_uri(document.url) if host(document.url) else origin + _french(document)


def quotation(text: str, start: int, end: int) -> dict:
    """The words of ``text[start:end]``, with as much beside them as it takes to find no others."""
    beside = CONTEXT
    while True:
        prefix, suffix = text[max(0, start - beside) : start], text[end : end + beside]
        words = prefix + text[start:end] + suffix
        first = text.find(words)
        if text.find(words, first + 1) < 0:
            return {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": prefix,
                "suffix": suffix,
            }
        beside *= 2


def _target(claim: Claim, origin: str, text: str, start: int, end: int) -> dict:
    snapshot, document = claim.sentence.snapshot, claim.document
    return {
        "type": "SpecificResource",
        "source": address_of(document, origin),
        "state": {
            "type": "TimeState",
            "sourceDate": _time(snapshot.fetched_at),
            "cached": origin + _french(snapshot),
        },
        "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            quotation(text, start, end),
        ],
    }


def _tags(standing: Standing) -> list[dict]:
    """Where the claim stands, in a word of each language."""
    tags = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            tags.append(_words(str(standing.label), code, "tagging"))
    return tags


def _in_law(claim: Claim) -> list[dict]:
    """How far the law is with what it says somebody did, in each language."""
    said = []
    for code, _name in settings.LANGUAGES if claim.proceedings else ():
        with translation.override(code):
            said.append(_words(claim.in_law, code, "commenting"))
    return said


def _words(text: str, language: str, purpose: str) -> dict:
    return {
        "type": "TextualBody",
        "purpose": purpose,
        "value": text,
        "format": "text/plain",
        "language": language,
    }


def _resource(origin: str, row, purpose: str) -> dict:
    return {"type": "SpecificResource", "purpose": purpose, "source": origin + _french(row)}


def _french(row) -> str:
    """The path of its page that is the same whoever asks."""
    with translation.override(settings.LANGUAGE_CODE):
        return row.get_absolute_url()


def _time(moment: datetime) -> str:
    """In UTC, as the model wants it."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
