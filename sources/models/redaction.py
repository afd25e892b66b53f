import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField, IntegerRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sources.history import tracked
from sources.models.document import Document
from sources.models.snapshot import Snapshot

HEX = r"^[0-9a-f]{64}$"


@tracked
class Redaction(models.Model):
    """That words of a document were taken out of the record for good, and why; not the words.

    ``digest`` (hex SHA-256) is taken over what it says and the digest of the one before
    (claims/redaction/chain.py): what is changed or left out later shows. ``speakers`` are the
    public ids of those who became ``pseudonym``; ``address_sha256`` is that of the document's
    address, where that had the words.
    """

    class Ground(models.TextChoices):
        """In law: what was asked, or ordered."""

        ERASURE = "erasure", _("erasure (GDPR, article 17)")
        RECTIFICATION = "rectification", _("rectification (GDPR, article 16)")
        OBJECTION = "objection", _("objection (GDPR, article 21)")
        COURT = "court", _("decision of a court")
        PRIVACY = "privacy", _("privacy (French Civil Code, article 9)")
        OTHER = "other", _("another ground")

    document = models.ForeignKey(
        Document, models.PROTECT, related_name="redactions", verbose_name=_("document")
    )
    ground = models.CharField(_("legal ground"), max_length=20, choices=Ground)
    reason = models.TextField(
        _("reason"), help_text=_("Published. Without the words, and without what they tell.")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("redacted by")
    )
    at = models.DateTimeField(_("redacted at"))
    speakers = ArrayField(
        models.CharField(max_length=20), verbose_name=_("speakers"), default=list, blank=True
    )
    pseudonym = models.CharField(_("called from now on"), max_length=300, blank=True)
    address_sha256 = models.CharField(_("SHA-256 of the address"), max_length=64, blank=True)
    previous = models.CharField(_("digest of the one before"), max_length=64, blank=True)
    digest = models.CharField(_("digest"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("redaction")
        verbose_name_plural = _("redactions")
        ordering = ["-id"]
        default_permissions = ("view", "add")
        constraints = [
            # Each follows another, which nothing else follows; one is the first.
            models.UniqueConstraint(fields=["previous"], name="redaction_in_one_chain"),
            # Whoever reads that something is missing reads why.
            models.CheckConstraint(condition=~Q(reason=""), name="redaction_has_a_reason"),
            # A SHA-256 is 64 hexadecimal digits.
            models.CheckConstraint(condition=Q(digest__regex=HEX), name="redaction_digest_is_hex"),
            # Whoever is no longer called by a name is called something.
            models.CheckConstraint(
                condition=Q(speakers=[]) | ~Q(pseudonym=""), name="redaction_calls_them_something"
            ),
        ]
        indexes = [
            # Was what stands at this address redacted?
            models.Index(
                fields=["address_sha256"],
                condition=~Q(address_sha256=""),
                name="redaction_by_address",
            ),
        ]
        triggers = [
            # What was taken out cannot be brought back, nor can it be denied.
            pgtrigger.Protect(
                name="redaction_stands", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_ground_display()} · {self.digest[:8]}"


class RedactedText(models.Model):
    """Where a snapshot was redacted: ``spans`` of its text, in code points, end-exclusive.

    As many block characters stand there now, so that no other offset moves. ``phrases`` are where
    those that were asked for stand first, which may be within others. ``before`` and
    ``after`` are the SHA-256 (hex) of the text, ``original`` that of the bytes it was read from,
    which are gone.
    """

    redaction = models.ForeignKey(
        Redaction, models.PROTECT, related_name="texts", verbose_name=_("redaction")
    )
    snapshot = models.ForeignKey(
        Snapshot, models.PROTECT, related_name="redactions", verbose_name=_("snapshot")
    )
    spans = ArrayField(IntegerRangeField(), verbose_name=_("redacted"))
    phrases = ArrayField(IntegerRangeField(), verbose_name=_("phrases"), default=list)
    before = models.CharField(_("SHA-256 before"), max_length=64, db_index=True)
    after = models.CharField(_("SHA-256 after"), max_length=64)
    original = models.CharField(_("SHA-256 of the original bytes"), max_length=64)

    class Meta:
        verbose_name = _("redacted text")
        verbose_name_plural = _("redacted texts")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            # A redaction says once what it took out of a text.
            models.UniqueConstraint(fields=["redaction", "snapshot"], name="redacted_text_once"),
        ]
        triggers = [
            # As the redaction itself.
            pgtrigger.Protect(
                name="redacted_text_stands", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before[:8]} → {self.after[:8]}"

    @property
    def places(self) -> str:
        """The spans, as a reader may check them: "12–20, 31–40"."""
        return ", ".join(f"{span.lower}–{span.upper}" for span in self.spans)
