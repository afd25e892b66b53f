from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models.verification import Verification
from sources.history import RecordClock, tracked
from sources.models import Document, Snapshot


class EvidenceQuerySet(models.QuerySet):
    def awaited(self):
        """Those whose source is still to come from its address."""
        return self.filter(document=None, protected=False)

    def with_source(self):
        """With what is shown of its source: document, publisher, snapshot but for its text."""
        return self.select_related("document__publisher", "snapshot").defer(
            "snapshot__text", "snapshot__original"
        )


@tracked
class Evidence(models.Model):
    """What a verification rests on: a document, the passage that matters and what it shows.

    The passage stands in a stored snapshot (``start`` and ``end`` are code points of its text,
    end-exclusive), or at the document's address, with a copy kept at ``archived_url``. In a draft
    it may lack anything: where only an ``address`` is known, that is being fetched. Of a protected
    source nothing is here but a note fit to be read by anybody: see ProtectedSource.
    """

    class Stance(models.TextChoices):
        """After the stances of the FEVER task: supports, refutes, and what only gives context."""

        SUPPORTS = "supports", _("supports the claim")
        REFUTES = "refutes", _("refutes the claim")
        CONTEXT = "context", _("context")

    verification = models.ForeignKey(
        Verification, models.CASCADE, related_name="evidence", verbose_name=_("verification")
    )
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        related_name="evidence",
        null=True,
        blank=True,
        verbose_name=_("document"),
        help_text=_("Empty for a protected source only."),
    )
    address = models.TextField(_("address"), blank=True)
    snapshot = models.ForeignKey(
        Snapshot,
        models.PROTECT,
        related_name="evidence",
        null=True,
        blank=True,
        verbose_name=_("snapshot"),
    )
    start = models.PositiveIntegerField(_("start"), null=True, blank=True)
    end = models.PositiveIntegerField(_("end"), null=True, blank=True)
    archived_url = models.URLField(_("archived copy"), max_length=2000, blank=True)
    retrieved_at = models.DateTimeField(
        _("retrieved at"),
        db_default=RecordClock(),
        help_text=_("When the page was read, and archived if it was."),
    )
    stance = models.CharField(_("stance"), max_length=10, choices=Stance, blank=True)
    primary = models.BooleanField(
        _("primary source"),
        default=False,
        help_text=_("First-hand: the act, the record, the data."),
    )
    passage = models.TextField(
        _("passage"), blank=True, help_text=_("A few words, quoted exactly.")
    )
    note = models.TextField(_("note"), blank=True, help_text=_("What it shows."))
    interest = models.TextField(
        _("interest"),
        blank=True,
        help_text=_("What the source stands to gain or lose, where readers should know."),
    )
    protected = models.BooleanField(
        _("protected source"),
        default=False,
        help_text=_("The public learns of it what the note says, and nothing else."),
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("piece of evidence")
        verbose_name_plural = _("evidence")
        ordering = ["id"]
        constraints = [
            # What is known of a protected source is not kept where the public record is read.
            models.CheckConstraint(
                condition=Q(protected=False)
                | Q(
                    document__isnull=True,
                    snapshot__isnull=True,
                    address="",
                    archived_url="",
                    passage="",
                    interest="",
                ),
                name="evidence_protected_hides_its_source",
                violation_error_message=_(
                    "Of a protected source only the note is kept here: no document, passage or "
                    "address."
                ),
            ),
            # Any other source is named: by its document, or until that is there by its address.
            models.CheckConstraint(
                condition=Q(protected=True) | Q(document__isnull=False) | ~Q(address=""),
                name="evidence_names_its_document",
                violation_error_message=_("Name the document, unless the source is protected."),
            ),
            # A place in a snapshot has a beginning and an end, and its passage has such a place.
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True)
                & (Q(snapshot__isnull=True) | Q(passage=""))
                | Q(
                    snapshot__isnull=False,
                    start__isnull=False,
                    end__isnull=False,
                    end__gt=F("start"),
                ),
                name="evidence_place_is_in_a_snapshot",
                violation_error_message=_("A place has a snapshot, a beginning and an end."),
            ),
        ]
        indexes = [
            # What that shows this was named last?
            models.Index(
                fields=["stance", "-id"],
                condition=Q(protected=False),
                name="evidence_of_stance",
            ),
            # Which first-hand source was named last?
            models.Index(
                fields=["-id"],
                condition=Q(protected=False, primary=True),
                name="evidence_primary",
            ),
        ]

    def __str__(self) -> str:
        return str(self.document or self.address or self.note)

    @property
    def is_awaited(self) -> bool:
        """Whether its source is still to come from its address."""
        return self.document_id is None and not self.protected


@tracked
class ProtectedSource(models.Model):
    """Who or what stands behind a piece of evidence whose source is protected.

    Row-level security hides this table, and its history, from every connection that did not
    declare itself entitled (claims/protected.py); public pages and the API never do.
    """

    evidence = models.OneToOneField(
        Evidence, models.CASCADE, related_name="source", verbose_name=_("piece of evidence")
    )
    identity = models.TextField(_("identity"))
    contact = models.TextField(_("contact"), blank=True)

    class Meta:
        verbose_name = _("protected source")
        verbose_name_plural = _("protected sources")
        constraints = [
            # A protected source is somebody.
            models.CheckConstraint(condition=~Q(identity=""), name="protected_source_is_known"),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
