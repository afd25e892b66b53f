from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sources.fields import PartialDateField, PublicIdField
from sources.history import tracked
from sources.models.publisher import Publisher
from sources.search import SearchQuerySet


class DocumentQuerySet(SearchQuerySet):
    def search(self, text: str):
        """By title and byline; also the one at an address."""
        at = self.filter(url=text.strip())
        return at if "://" in text and at.exists() else super().search(text)


@tracked
class Document(models.Model):
    """One article, transcript, speech, report or post, at its canonical address if it has one.

    Its words are in its snapshots; a document that is only cited has none.
    """

    class Kind(models.TextChoices):
        """Our own list: the forms in which words reach an editor."""

        ARTICLE = "article", _("article")
        TRANSCRIPT = "transcript", _("transcript")
        SPEECH = "speech", _("speech")
        REPORT = "report", _("report")
        POST = "post", _("post")

    public_id = PublicIdField()
    publisher = models.ForeignKey(
        Publisher,
        models.PROTECT,
        related_name="documents",
        null=True,
        blank=True,
        verbose_name=_("publisher"),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.ARTICLE)
    title = models.CharField(_("title"), max_length=500)
    byline = models.CharField(
        _("byline"), max_length=300, blank=True, help_text=_("who signed it, as it is printed")
    )
    url = models.URLField(  # noqa: DJ001  null, so that "none" may stand twice
        _("address"), max_length=2000, null=True, blank=True
    )
    language = models.CharField(_("language"), max_length=10, default="fr")
    published_on = PartialDateField(_("published on"), null=True, blank=True)
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-added_at", "-id"]
        constraints = [
            # An address leads to one document.
            models.UniqueConstraint(fields=["url"], name="document_url_once"),
            # "No address" is written one way only: null.
            models.CheckConstraint(condition=~models.Q(url=""), name="document_url_not_empty"),
            # A document without a title cannot be listed.
            models.CheckConstraint(condition=~models.Q(title=""), name="document_has_a_title"),
        ]
        indexes = [
            # What came in last?
            models.Index(fields=["-added_at", "-id"], name="document_latest"),
            # What was published in this period?
            models.Index(
                F("published_on").desc(nulls_last=True),
                F("id").desc(),
                name="document_published_on",
            ),
            # What came in last of this publisher?
            models.Index(fields=["publisher", "-added_at", "-id"], name="document_of_publisher"),
            # What came in last in this language?
            models.Index(fields=["language", "-added_at", "-id"], name="document_in_language"),
            # What came in last of this kind?
            models.Index(fields=["kind", "-added_at", "-id"], name="document_of_kind"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("document", args=[self.public_id])

    @staticmethod
    def title_of(url: str) -> str:
        """What a document that is cited by its address alone is called until it is read."""
        return url[: Document._meta.get_field("title").max_length]

    @property
    def snapshot(self):
        """The latest snapshot, or None for a document that is only cited."""
        return self.snapshots.last()
