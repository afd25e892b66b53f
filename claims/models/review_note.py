from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.verification import Verification
from sources.history import RecordClock, tracked


class ReviewNoteQuerySet(models.QuerySet):
    def unsettled(self):
        """Those that somebody has yet to see to."""
        return self.filter(settled_at__isnull=True)


@tracked
class ReviewNote(models.Model):
    """What an author and those who read a verification tell each other; never public.

    One that ``blocks`` holds up the publication until it is settled.
    """

    verification = models.ForeignKey(
        Verification,
        models.CASCADE,
        related_name="review_notes",
        verbose_name=_("verification"),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("author"),
    )
    at = models.DateTimeField(_("written at"), db_default=RecordClock(), editable=False)
    text = models.TextField(_("text"))
    blocks = models.BooleanField(_("blocks"), default=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
        verbose_name=_("settled by"),
    )
    settled_at = models.DateTimeField(_("settled at"), null=True, editable=False)

    objects = ReviewNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("review note")
        verbose_name_plural = _("review notes")
        ordering = ["id"]
        constraints = [
            # A note says something.
            models.CheckConstraint(condition=~Q(text=""), name="reviewnote_says_something"),
            # What is settled was settled by somebody, at some time.
            models.CheckConstraint(
                condition=Q(settled_by__isnull=True, settled_at__isnull=True)
                | Q(settled_by__isnull=False, settled_at__isnull=False),
                name="reviewnote_settled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.text
