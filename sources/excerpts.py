"""Sentences of a document that somebody gives, where the document itself was never read.

They are kept as a snapshot that says so by its media type: its text is those sentences and nothing
else. It tells nothing of what the document says besides, or says today.
"""

from collections.abc import Sequence

from django.db import models

from sources.history import RecordClock
from sources.models import Document, Sentence, Snapshot

MEDIA_TYPE = "text/x-excerpt"
BETWEEN = "\n\n"
WHOLE = ~models.Q(media_type=MEDIA_TYPE)  # of snapshots: those of a document that was read


def keep_excerpt(document: Document, sentences: Sequence[str]) -> Snapshot:
    """A snapshot of these sentences, each of which is a sentence of it; the same again is that."""
    text = BETWEEN.join(sentences)
    found = Snapshot.objects.filter(document=document, sha256=Snapshot.digest(text)).first()
    if found:
        return found
    snapshot = Snapshot.objects.create(
        document=document,
        text=text,
        sha256=Snapshot.digest(text),
        original=text.encode(),
        media_type=MEDIA_TYPE,
        fetched_at=RecordClock(),
    )
    start, rows = 0, []
    for position, sentence in enumerate(sentences):
        end = start + len(sentence)
        rows.append(
            Sentence(snapshot=snapshot, position=position, start=start, end=end, text=sentence)
        )
        start = end + len(BETWEEN)
    Sentence.objects.bulk_create(rows)
    return snapshot
