from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sources.history import tracked


class ScaleQuerySet(models.QuerySet):
    def valid_by(self, day):
        """Those valid from that day or earlier, the latest version first."""
        return self.filter(valid_from__lte=day).order_by("-version")


@tracked
class Scale(models.Model):
    """A version of the rating scale with the methodology it stands for."""

    version = models.PositiveIntegerField(_("version"))
    methodology = models.TextField(_("methodology"))
    valid_from = models.DateField(_("valid from"))

    objects = ScaleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating scale")
        verbose_name_plural = _("rating scales")
        ordering = ["-version"]
        constraints = [
            # A version stands for one text.
            models.UniqueConstraint(fields=["version"], name="scale_version_once"),
            # A scale says how ratings are come to.
            models.CheckConstraint(condition=~Q(methodology=""), name="scale_has_a_methodology"),
        ]

    def __str__(self) -> str:
        return _("Scale, version %(version)s") % {"version": self.version}


@tracked
class Rating(models.Model):
    """One value of a scale. ``value`` is its name in the API; ``position`` sorts, true first."""

    scale = models.ForeignKey(
        Scale, models.PROTECT, related_name="ratings", verbose_name=_("scale")
    )
    value = models.SlugField(_("value"))
    label_fr = models.CharField(_("label in French"), max_length=60)
    label_en = models.CharField(_("label in English"), max_length=60)
    definition_fr = models.TextField(_("definition in French"))
    definition_en = models.TextField(_("definition in English"))
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        ordering = ["-scale__version", "position"]
        constraints = [
            # A scale has each value once.
            models.UniqueConstraint(fields=["scale", "value"], name="rating_value_once"),
            # The values of a scale are in one order.
            models.UniqueConstraint(fields=["scale", "position"], name="rating_position_once"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """In the language of the interface."""
        return self.label_fr if (get_language() or "fr").startswith("fr") else self.label_en

    @property
    def definition(self) -> str:
        """In the language of the interface."""
        french = (get_language() or "fr").startswith("fr")
        return self.definition_fr if french else self.definition_en
