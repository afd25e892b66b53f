import hashlib

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sources.fields import SketchField
from sources.models.document import Document


class HexDigest(models.Func):
    """The hex SHA-256 of bytes."""

    template = "encode(sha256(%(expressions)s), 'hex')"


class SnapshotQuerySet(models.QuerySet):
    def search(self, text: str):
        """By their documents; also the one of that digest."""
        exact = self.filter(sha256=text.strip().lower())
        return (
            exact
            if exact.exists()
            else self.filter(document__in=Document.objects.latest_found(text))
        )


class Snapshot(models.Model):
    """The exact text of a document as it was fetched once; all offsets point into one of these.

    ``original`` keeps the bytes the text was read from, ``sha256`` (hex) is taken over the text
    in UTF-8, so that anyone who holds the text can check it.
    """

    document = models.ForeignKey(
        Document, models.PROTECT, related_name="snapshots", verbose_name=_("document")
    )
    text = models.TextField(_("text"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    original = models.BinaryField(_("original bytes"))
    original_sha256 = models.GeneratedField(
        expression=HexDigest("original"),
        output_field=models.CharField(max_length=64),
        db_persist=True,
        verbose_name=_("SHA-256 of the original bytes"),
    )
    media_type = models.CharField(_("media type"), max_length=100, default="text/plain")
    fetched_at = models.DateTimeField(_("fetched at"))
    sketch = SketchField(verbose_name=_("sketch"))

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ["fetched_at", "id"]
        constraints = [
            # The same text of the same document is kept once.
            models.UniqueConstraint(fields=["document", "sha256"], name="snapshot_text_once"),
            # A snapshot holds words.
            models.CheckConstraint(condition=~models.Q(text=""), name="snapshot_has_text"),
            # A SHA-256 is 64 hexadecimal digits.
            models.CheckConstraint(
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="snapshot_sha256_is_hex"
            ),
        ]
        indexes = [
            # Do we hold this text already, whatever document it came with?
            models.Index(fields=["sha256"], name="snapshot_by_sha256"),
            # Which texts are nearly this one? Of texts just kept too: no entry may be pending.
            GinIndex(fields=["sketch"], name="snapshot_by_sketch", fastupdate=False),
            # What was fetched last?
            models.Index(fields=["-fetched_at", "-id"], name="snapshot_latest"),
            # Did we read this file already?
            models.Index(fields=["original_sha256"], name="snapshot_by_original"),
        ]
        triggers = [
            # Offsets point into it: what was fetched is never changed.
            pgtrigger.ReadOnly(
                name="snapshot_is_immutable",
                fields=["document", "text", "sha256", "original", "media_type", "fetched_at"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} · {self.sha256[:8]}"

    def get_absolute_url(self) -> str:
        return reverse("snapshot", args=[self.document.public_id, self.sha256])

    @property
    def is_excerpt(self) -> bool:
        """Whether its text is a few sentences that somebody gave (sources/excerpts.py)."""
        return self.media_type == "text/x-excerpt"

    @staticmethod
    def digest(text: str) -> str:
        """The hex SHA-256 of a text in UTF-8."""
        return hashlib.sha256(text.encode()).hexdigest()
