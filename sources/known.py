"""Which texts are there already."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from django.db.models import Q

from sources.models import Document, RedactedText, Redaction, Snapshot
from sources.origin import Origin
from sources.readers.page import Page


@dataclass(frozen=True)
class Text:
    """What was read, the bytes it was read from, and what is known of it."""

    page: Page
    original: bytes
    origin: Origin

    @cached_property
    def sha256(self) -> str:
        return Snapshot.digest(self.page.text)


class Known:
    """The documents some texts may belong to, and the snapshots that hold them: two queries."""

    def __init__(self, texts: Iterable[Text]) -> None:
        urls = {text.origin.url for text in texts} - {None}
        self.by_url = {found.url: found for found in Document.objects.filter(url__in=urls)}
        self.by_text: dict[str, list[Document]] = defaultdict(list)
        self.snapshots: dict[tuple[int, str], Snapshot] = {}
        same = {document.pk: document for document in self.by_url.values()}
        for snapshot in (
            Snapshot.objects.filter(sha256__in={text.sha256 for text in texts})
            .select_related("document")
            .defer("text", "original")
            .order_by("document_id")
        ):
            snapshot.document = same.setdefault(snapshot.document_id, snapshot.document)
            self.by_text[snapshot.sha256].append(snapshot.document)
            self.snapshots[snapshot.document_id, snapshot.sha256] = snapshot
        addresses = {_digest(url) for url in urls}
        texts_before = RedactedText.objects.filter(before__in={text.sha256 for text in texts})
        of_those = Q(document__in=list(same)) | Q(address_sha256__in=addresses)
        of_those |= Q(pk__in=texts_before.values("redaction"))
        self._redacted = set()
        for redaction in Redaction.objects.filter(of_those).prefetch_related("texts"):
            self._redacted |= {redaction.document_id, redaction.address_sha256}
            self._redacted |= {each.before for each in redaction.texts.all()}

    def is_redacted(self, text: Text) -> bool:
        """Whether words were taken out of its document, which would come back with it."""
        document = self.document(text)
        told_by = {text.sha256, text.origin.url and _digest(text.origin.url)}
        return bool(self._redacted & (told_by | {document and document.pk}))

    def document(self, text: Text) -> Document | None:
        """The document at the address of ``text``, else the one whose text this is."""
        url = text.origin.url
        if url and url in self.by_url:
            return self.by_url[url]
        holding = self.by_text[text.sha256]
        return next((found for found in holding if not url or not found.url), None)

    def add(self, document: Document, text: Text) -> None:
        """From now on ``document`` holds ``text``."""
        if document.url:
            self.by_url[document.url] = document
        if not any(document is holding for holding in self.by_text[text.sha256]):
            self.by_text[text.sha256].append(document)


def read_before(files: Sequence[tuple[bytes, str | None]]) -> list[Snapshot | None]:
    """The snapshot each file was read into, if it was: by its bytes, and its address if it has one.

    One query; without their texts.
    """
    digests = [sha256(original).hexdigest() for original, _url in files]
    found: dict[str, list[Snapshot]] = defaultdict(list)
    for snapshot in (
        Snapshot.objects.filter(original_sha256__in=digests)
        .select_related("document")
        .defer("text", "original")
        .order_by("document_id")
    ):
        found[snapshot.original_sha256].append(snapshot)
    return [
        next((known for known in found[digest] if not url or known.document.url == url), None)
        for digest, (_original, url) in zip(digests, files, strict=True)
    ]


def redacted_among(urls: Iterable[str]) -> set[str]:
    """Those of them that said what was redacted, and so are not kept again."""
    digests = {_digest(url): url for url in urls}
    found = Redaction.objects.filter(address_sha256__in=digests)
    return {digests[digest] for digest in found.values_list("address_sha256", flat=True)}


def _digest(url: str) -> str:
    return sha256(url.encode()).hexdigest()
