"""Redactions without their words, to be made again where a backup from before was restored."""

from collections.abc import Iterator

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from claims.models import Speaker
from claims.redaction.redact import Wish, redact
from sources.models import Document, Redaction
from sources.refused import Refused


def listed() -> Iterator[dict]:
    """What each redaction took out of which texts, the first first; not the words."""
    redactions = Redaction.objects.order_by("pk").select_related("document")
    for each in redactions.prefetch_related("texts"):
        yield {
            "digest": each.digest,
            "previous": each.previous,
            "document": each.document.public_id,
            "ground": each.ground,
            "reason": each.reason,
            "by": each.by_id,
            "at": each.at.isoformat(),
            "speakers": each.speakers,
            "pseudonym": each.pseudonym,
            "texts": [
                {
                    "before": text.before,
                    "phrases": [[span.lower, span.upper] for span in text.phrases],
                }
                for text in each.texts.all()
            ],
        }


def make_again(said: dict) -> bool:
    """Make a listed redaction, if it is not there; returns whether it was made.

    Its words are known from where they stood. One before it may be missing: of a document that is
    younger than the backup. Raises Refused where the record is not the one it was made in.
    """
    if Redaction.objects.filter(digest=said["digest"]).exists():
        return False
    document = Document.objects.filter(public_id=said["document"]).first()
    if document is None:
        return False  # The backup is older than the document.
    phrases = []
    for text in said["texts"]:
        snapshot = document.snapshots.filter(sha256=text["before"]).first()
        if snapshot:
            phrases += [snapshot.text[start:end] for start, end in text["phrases"]]
    by = get_user_model().objects.filter(pk=said["by"]).first()
    if by is None:
        raise Refused(_("The account that redacted is not there: %(id)s.") % {"id": said["by"]})
    speakers = list(Speaker.objects.filter(public_id__in=said["speakers"]).order_by("pk"))
    wish = Wish(document, phrases, speakers, said["pseudonym"])
    at = parse_datetime(said["at"])
    another = Refused(
        _("Redaction %(digest)s would be another: it was made in another record.")
        % {"digest": said["digest"]}
    )
    if Redaction.objects.filter(previous=said["previous"]).exists():
        raise another
    with transaction.atomic():
        made = redact(wish, said["ground"], said["reason"], by, at, again=said["previous"])
        if made.digest != said["digest"]:
            raise another
    return True
