from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SavedFilterQuerySet(models.QuerySet):
    def open_to(self, user):
        """One's own, and those shared with the team."""
        return self.filter(Q(owner=user) | Q(shared=True))

    def of_list(self, name: str):
        """Those of one list, by name."""
        return self.filter(listing=name).select_related("owner").order_by("name", "pk")


class SavedFilter(models.Model):
    """The filters, words and order of one of the desk's lists, under a name.

    ``listing`` is the model listed, as ``claims.claim``; ``query`` what its address says after "?".
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="saved_filters",
        verbose_name=_("owner"),
    )
    name = models.CharField(_("name"), max_length=80)
    listing = models.CharField(_("list"), max_length=100)
    query = models.CharField(_("filters"), max_length=2000)
    shared = models.BooleanField(_("shared with the team"), default=False)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        constraints = [
            # Somebody has one filter of that name in a list.
            models.UniqueConstraint(fields=["owner", "listing", "name"], name="saved_filter_once"),
            # It can be called by its name, and filters something.
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(query=""), name="saved_filter_is_named"
            ),
        ]
        indexes = [
            # What did the team save for this list?
            models.Index(fields=["listing"], condition=Q(shared=True), name="saved_filter_shared"),
        ]

    def __str__(self) -> str:
        return self.name
