from django.db import models
from django.utils.translation import gettext_lazy as _


class Site(models.Model):
    """Where documents are fetched from: when it may be asked next, and what it lets programs fetch.

    ``robots`` is the text of its robots.txt, empty if it has none, null if it could not be had.
    """

    origin = models.CharField(_("address"), max_length=300)
    next_at = models.DateTimeField(_("may be asked again at"), null=True, blank=True)
    robots = models.TextField(  # noqa: DJ001  null is not empty
        _("robots.txt"), null=True, blank=True
    )
    robots_at = models.DateTimeField(_("robots.txt read at"), null=True, blank=True)

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        ordering = ["origin"]
        constraints = [
            # Whoever fetches from a site waits in one queue.
            models.UniqueConstraint("origin", name="site_origin_once"),
        ]

    def __str__(self) -> str:
        return self.origin
