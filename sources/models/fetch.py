import pgtrigger
from django.contrib.postgres.indexes import GinIndex, HashIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from sources.models.snapshot import Snapshot


class FetchQuerySet(models.QuerySet):
    def search(self, text: str):
        """By a part of the address, of three characters at least: fewer are in every one."""
        text = text.strip()
        return self.filter(url__icontains=text) if len(text) >= 3 else self.none()


class Fetch(models.Model):
    """One attempt to fetch an address, and what came of it. Written once.

    What was fetched is in ``snapshot`` once it is taken in; ``sha256`` (hex) and ``size`` are those
    of the bytes, decompressed; where nothing changed, ``sha256`` is that of what came before.
    """

    class Outcome(models.TextChoices):
        """Our own list: what an editor can do about it differs."""

        FETCHED = "fetched", _("fetched")
        UNCHANGED = "unchanged", _("unchanged")
        REFUSED = "refused", _("refused")
        FAILED = "failed", _("failed")

    url = models.TextField(_("address asked for"))
    final_url = models.TextField(_("address that answered"), blank=True)
    at = models.DateTimeField(_("tried at"))
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    status = models.PositiveSmallIntegerField(_("HTTP status"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    etag = models.CharField(_("ETag"), max_length=200, blank=True)
    last_modified = models.CharField(_("Last-Modified"), max_length=100, blank=True)
    media_type = models.CharField(_("media type"), max_length=100, blank=True)
    charset = models.CharField(_("charset"), max_length=40, blank=True)
    size = models.PositiveIntegerField(_("bytes"), null=True, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    snapshot = models.ForeignKey(
        Snapshot,
        models.PROTECT,
        related_name="fetches",
        null=True,
        blank=True,
        verbose_name=_("snapshot"),
    )

    objects = FetchQuerySet.as_manager()

    class Meta:
        verbose_name = _("fetch")
        verbose_name_plural = _("fetches")
        ordering = ["-at", "-id"]
        constraints = [
            # What was fetched can be checked against its digest.
            models.CheckConstraint(
                condition=~Q(outcome="fetched")
                | Q(size__isnull=False, sha256__regex=r"^[0-9a-f]{64}$"),
                name="fetch_has_digest",
            ),
            # Whoever reads that it came to nothing reads why.
            models.CheckConstraint(
                condition=~Q(outcome__in=["refused", "failed"]) | ~Q(reason=""),
                name="fetch_has_reason",
            ),
            # Nothing new means that something was there: a snapshot, or what has that digest.
            models.CheckConstraint(
                condition=~Q(outcome="unchanged") | Q(snapshot__isnull=False) | ~Q(sha256=""),
                name="fetch_unchanged_since_another",
            ),
        ]
        indexes = [
            # What was tried last?
            models.Index(fields=["-at", "-id"], name="fetch_latest"),
            # What came of this address before? (It may be too long for a tree.)
            HashIndex(fields=["url"], name="fetch_by_url"),
            # What was tried at this site, or below this path?
            GinIndex(OpClass(Upper("url"), "gin_trgm_ops"), name="fetch_by_part_of_url"),
            # What failed, was refused last?
            models.Index(fields=["outcome", "-at", "-id"], name="fetch_latest_by_outcome"),
        ]
        triggers = [
            # What was tried is never told otherwise afterwards.
            pgtrigger.ReadOnly(
                name="fetch_is_immutable",
                fields=[
                    "url",
                    "final_url",
                    "at",
                    "outcome",
                    "status",
                    "reason",
                    "etag",
                    "last_modified",
                    "media_type",
                    "charset",
                    "size",
                    "sha256",
                ],
            ),
            # It is taken in once.
            pgtrigger.Protect(
                name="fetch_is_taken_in_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__snapshot__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.url
