from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class CorpusFile(models.Model):
    """How far a file of a corpus was taken in: written with what was read there, in one
    transaction.

    ``key`` is that of the file as it was, and of how it was read (claims/corpus/mark.py). It is
    nobody's words, so it has no history.
    """

    key = models.CharField(_("key"), max_length=64, unique=True)
    name = models.TextField(_("name"))
    at = models.BigIntegerField(_("where to go on"), default=0)
    number = models.BigIntegerField(_("lines, records or rows gone through"), default=0)
    documents = models.BigIntegerField(_("documents there"), default=0)
    ended = models.BooleanField(_("taken in to its end"), default=False)
    begun_at = models.DateTimeField(_("begun at"), db_default=Now())

    class Meta:
        verbose_name = _("file of a corpus")
        verbose_name_plural = _("files of corpora")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class CorpusRefusal(models.Model):
    """What of a file was refused, by its place: told again by whoever goes on with it."""

    file = models.ForeignKey(
        CorpusFile, models.CASCADE, related_name="refusals", verbose_name=_("file")
    )
    name = models.TextField(_("place"))
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("refusal in a corpus")
        verbose_name_plural = _("refusals in corpora")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}"
