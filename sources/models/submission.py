from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sources.fields import PartialDateField
from sources.models.document import Document
from sources.models.snapshot import Snapshot


class Submission(models.Model):
    """What an editor handed over at once, to be taken in: a text, addresses, files.

    ``key`` is that of the form it came by: the same form sent twice is one submission.
    """

    key = models.UUIDField(_("key"), default=uuid4, unique=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="submissions",
        verbose_name=_("handed over by"),
    )
    at = models.DateTimeField(_("handed over at"), auto_now_add=True)

    class Meta:
        verbose_name = _("articles added")
        verbose_name_plural = _("articles added")
        ordering = ["-pk"]
        indexes = [
            # What did I hand over last?
            models.Index(fields=["by", "-id"], name="submission_latest_of_user"),
        ]

    def __str__(self) -> str:
        items = list(self.items.all())
        return ", ".join(str(item) for item in items[:2]) + (", …" if len(items) > 2 else "")


class SubmittedItem(models.Model):
    """One text, address or file of a submission, and what became of it.

    ``content`` are its bytes until it is settled: a worker may take it in on another day, on
    another machine; afterwards its snapshot keeps them. The other fields are what the editor typed.
    """

    class Status(models.TextChoices):
        """Our own list: what an editor can do about it differs."""

        WAITING = "waiting", _("waiting")
        UNPACKED = "unpacked", _("unpacked")
        TAKEN_IN = "taken_in", _("taken in")
        KNOWN = "known", _("known")
        REFUSED = "refused", _("refused")

    submission = models.ForeignKey(
        Submission, models.CASCADE, related_name="items", verbose_name=_("submission")
    )
    name = models.CharField(_("name"), max_length=500)
    file_name = models.CharField(_("file name"), max_length=255, blank=True)
    fetched = models.BooleanField(_("fetched from its address"), default=False)
    content = models.BinaryField(_("content"), null=True)
    charset = models.CharField(_("charset"), max_length=40, blank=True)

    title = models.CharField(_("title"), max_length=500, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    published_on = PartialDateField(_("published on"), null=True, blank=True)
    url = models.CharField(_("address"), max_length=2000, blank=True)
    byline = models.CharField(_("byline"), max_length=300, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Document.Kind, blank=True)

    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING)
    reason = models.TextField(_("reason"), blank=True)
    snapshot = models.ForeignKey(
        Snapshot,
        models.PROTECT,
        related_name="submitted_items",
        null=True,
        blank=True,
        verbose_name=_("snapshot"),
    )

    class Meta:
        verbose_name = _("submitted item")
        verbose_name_plural = _("submitted items")
        ordering = ["pk"]
        constraints = [
            # What waits can be taken in: it has bytes, or an address they are fetched from.
            models.CheckConstraint(
                condition=~Q(status="waiting")
                | Q(fetched=True) & ~Q(url="")
                | Q(fetched=False, content__isnull=False),
                name="submitted_item_can_be_taken_in",
            ),
            # Bytes are kept once: what is settled has them in its snapshot, or not at all.
            models.CheckConstraint(
                condition=Q(status="waiting") | Q(content__isnull=True),
                name="submitted_item_settled_has_no_bytes",
            ),
            # What was taken in, or known, is there.
            models.CheckConstraint(
                condition=Q(status__in=["taken_in", "known"], snapshot__isnull=False)
                | ~Q(status__in=["taken_in", "known"]) & Q(snapshot__isnull=True),
                name="submitted_item_taken_in_has_snapshot",
            ),
            # Whoever sees that it was refused reads why.
            models.CheckConstraint(
                condition=~Q(status="refused") | ~Q(reason=""),
                name="submitted_item_refused_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name
