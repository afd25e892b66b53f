from django.db import models
from django.utils.translation import gettext_lazy as _

from sources.fields import PublicIdField
from sources.history import tracked
from sources.search import SearchQuerySet


@tracked
class Publisher(models.Model):
    """Who publishes a document: a newspaper, agency, institution, another fact-checker."""

    class Kind(models.TextChoices):
        """Our own list, after the types of media and institutions Wikidata tells apart."""

        NEWSPAPER = "newspaper", _("newspaper")
        BROADCASTER = "broadcaster", _("broadcaster")
        AGENCY = "agency", _("news agency")
        WEBSITE = "website", _("website")
        INSTITUTION = "institution", _("institution")
        FACT_CHECKER = "fact_checker", _("fact-checker")

    public_id = PublicIdField()
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.NEWSPAPER)
    site = models.CharField(_("site"), max_length=200, blank=True, help_text=_("e.g. lemonde.fr"))

    objects = SearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("publisher")
        verbose_name_plural = _("publishers")
        ordering = ["name"]
        constraints = [
            # A publisher stands in the list once.
            models.UniqueConstraint(fields=["name"], name="publisher_name_once"),
            # A publisher without a name cannot be cited.
            models.CheckConstraint(condition=~models.Q(name=""), name="publisher_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
