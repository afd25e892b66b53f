from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sources.fields import PublicIdField


class Import(models.Model):
    """A file or an address whose rows are brought into the record, and how that goes.

    A table is checked first: each row's fate is shown, nothing is written; then an editor has it
    carried out. What other fact-checkers reviewed is read at once: it is nobody's finding here.
    ``seen`` counts the rows looked at so far; where reviews are read it is where to go on.
    """

    class Kind(models.TextChoices):
        """Our own list: what can be brought in."""

        CLAIMS = "claims", _("claims")
        SPEAKERS = "speakers", _("speakers")
        VERIFICATIONS = "verifications", _("verifications")
        CLAIM_REVIEWS = "claim_reviews", _("reviews of other fact-checkers (ClaimReview)")

    class State(models.TextChoices):
        """Our own list: what can be done next differs."""

        CHECKING = "checking", _("being checked")
        CHECKED = "checked", _("checked, nothing imported yet")
        IMPORTING = "importing", _("being imported")
        DONE = "done", _("imported")
        CANCELLED = "cancelled", _("cancelled")
        FAILED = "failed", _("failed")

    public_id = PublicIdField()
    kind = models.CharField(_("what"), max_length=20, choices=Kind)
    name = models.CharField(
        _("file or address"), max_length=2000, help_text=_("as history names it")
    )
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    size = models.PositiveBigIntegerField(_("bytes"), default=0)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.CHECKING)
    reason = models.TextField(_("reason"), blank=True)
    leaves_out = models.BooleanField(_("leaves out refused rows"), default=False)
    unread = ArrayField(
        models.CharField(max_length=300), verbose_name=_("columns not read"), default=list
    )
    seen = models.PositiveIntegerField(_("rows seen"), default=0)
    through = models.FloatField(_("how far"), default=0)
    added = models.PositiveIntegerField(pgettext_lazy("row", "new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="imports",
        null=True,
        verbose_name=_("brought by"),
    )
    made_at = models.DateTimeField(_("brought at"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-id"]
        constraints = [
            # Whoever sees that it failed reads why.
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(reason=""), name="import_fails_for_a_reason"
            ),
            # History says what something was imported from.
            models.CheckConstraint(condition=~Q(name=""), name="import_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_at_work(self) -> bool:
        return self.state in (self.State.CHECKING, self.State.IMPORTING)

    @property
    def total(self) -> int:
        """How many rows were looked at."""
        return self.added + self.changed + self.unchanged + self.refused


class ImportPart(models.Model):
    """Some of the bytes of the file of an import, until it is done with; the parts in order."""

    import_of = models.ForeignKey(Import, models.CASCADE, related_name="parts")
    position = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ["position"]
        constraints = [
            # A file is put together in one way; also: which part comes next?
            models.UniqueConstraint(fields=["import_of", "position"], name="import_part_once"),
        ]

    def __str__(self) -> str:
        return f"{self.import_of} · {self.position}"


class ImportRow(models.Model):
    """The fate of one row of an import: of a check what would become of it, then what did.

    ``number`` is that of the spreadsheet, whose first row is the header, or of the item in JSON.
    ``changes`` are {"column", "before", "after"}, ``problems`` {"column", "sentence"},
    ``notes`` sentences on what else it adds; ``cells`` is the row as it was given.
    """

    class Fate(models.TextChoices):
        """Our own list."""

        NEW = "new", pgettext_lazy("row", "new")
        CHANGED = "changed", _("changed")
        UNCHANGED = "unchanged", _("unchanged")
        REFUSED = "refused", _("refused")

    import_of = models.ForeignKey(
        Import, models.CASCADE, related_name="rows", verbose_name=_("import")
    )
    number = models.PositiveIntegerField(_("row"))
    fate = models.CharField(_("fate"), max_length=10, choices=Fate)
    about = models.TextField(_("about"), blank=True)
    row_id = models.CharField(_("public id"), max_length=20, blank=True)
    changes = models.JSONField(_("changes"), default=list)
    problems = models.JSONField(_("problems"), default=list)
    notes = models.JSONField(_("notes"), default=list)
    cells = models.JSONField(_("cells"), default=list)

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["number"]
        constraints = [
            # A row has one fate; also: what became of the rows, in their order?
            models.UniqueConstraint(fields=["import_of", "number"], name="import_row_once"),
            # Whoever sees that a row was refused reads why.
            models.CheckConstraint(
                condition=~Q(fate="refused") | ~Q(problems=[]), name="import_row_refused_for_reason"
            ),
        ]
        indexes = [
            # Which rows were refused?
            models.Index(fields=["import_of", "fate", "number"], name="import_row_by_fate"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"
