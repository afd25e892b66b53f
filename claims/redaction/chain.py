"""What proves a redaction: digests, each over the one before (docs/decisions/0046)."""

import hashlib
import json
from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _

from claims.redaction.words import BLOCK, blocked
from sources.models import RedactedText, Redaction, Snapshot


def digest(redaction: Redaction, texts: list[RedactedText]) -> str:
    """The hex SHA-256 of what a redaction says, and of the digest of the one before."""
    said = {
        "previous": redaction.previous,
        "document": redaction.document.public_id,
        "ground": redaction.ground,
        "reason": redaction.reason,
        "by": redaction.by_id,
        "at": redaction.at.isoformat(),
        "speakers": redaction.speakers,
        "pseudonym": redaction.pseudonym,
        "address_sha256": redaction.address_sha256,
        "texts": [
            {
                "before": text.before,
                "after": text.after,
                "original": text.original,
                "spans": [[span.lower, span.upper] for span in text.spans],
                "phrases": [[span.lower, span.upper] for span in text.phrases],
            }
            for text in texts
        ],
    }
    canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def faults() -> Iterator[str]:
    """A sentence for each thing that is not as the redactions say."""
    previous = ""
    redactions = Redaction.objects.order_by("pk").select_related("document")
    for redaction in redactions.prefetch_related("texts"):
        if redaction.previous != previous:
            yield _("Before redaction %(digest)s one is missing.") % {"digest": redaction.digest}
        if digest(redaction, list(redaction.texts.all())) != redaction.digest:
            yield _("Redaction %(digest)s says something else than it did.") % {
                "digest": redaction.digest
            }
        previous = redaction.digest
    latest = {}
    for text in RedactedText.objects.order_by("pk"):
        latest[text.snapshot_id] = [*latest.get(text.snapshot_id, []), text]
    for snapshot in Snapshot.objects.filter(pk__in=latest).defer("original", "sketch"):
        steps = latest[snapshot.pk]
        follow = all(a.after == b.before for a, b in pairwise(steps))
        spans = [(span.lower, span.upper) for step in steps for span in step.spans]
        held = all(set(snapshot.text[a:b]) == {BLOCK} for a, b in spans)
        ends = steps[-1].after == snapshot.sha256 == Snapshot.digest(snapshot.text)
        # What a worker had read before may have been written down after.
        cut = all(snapshot.text[s.start : s.end] == s.text for s in snapshot.sentences.all())
        if not (follow and held and ends and cut):
            yield _("Snapshot %(sha256)s is not what its redactions left.") % {
                "sha256": snapshot.sha256
            }


def is_redacted_of(snapshot: Snapshot, original: str) -> bool:
    """Whether the snapshot's text is ``original`` but for what redactions say was taken out."""
    text = original
    for step in snapshot.redactions.order_by("pk"):
        if Snapshot.digest(text) != step.before:
            return False
        text = blocked(text, [(span.lower, span.upper) for span in step.spans])
    return text == snapshot.text
