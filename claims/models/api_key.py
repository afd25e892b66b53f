from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sources.history import RecordClock, tracked


@dataclass(frozen=True)
class Limits:
    """What may be asked: requests a minute and a day, extractions a day."""

    a_minute: int
    a_day: int
    extractions: int = 0


class ApiKeyQuerySet(models.QuerySet):
    def search(self, text: str):
        """Those of that name, contact or prefix, or part of it."""
        said = Q(name__icontains=text) | Q(contact__icontains=text) | Q(prefix__startswith=text)
        return self.filter(said)

    def in_force(self, today: date):
        """Those that open something: neither revoked nor expired."""
        return self.filter(_not_expired(today), revoked_at=None)

    def expired(self, today: date):
        return self.filter(~_not_expired(today), revoked_at=None)

    def revoked(self):
        return self.exclude(revoked_at=None)


def _not_expired(today: date) -> Q:
    return Q(expires_on=None) | Q(expires_on__gte=today)


@tracked
class ApiKey(models.Model):
    """Who may ask more of the API than anybody, and what. Never deleted: it is revoked.

    Its secret is an ApiSecret, of which there is no history.
    """

    class Scope(models.TextChoices):
        """Our own: what a key opens besides reading, which all do."""

        EXTRACT = "extract", _("extract: the claims of a text")
        MATCH = "match", _("match: claims checked already")
        PROPOSE = "propose", _("propose: candidates, evidence, developments")

    name = models.CharField(_("name"), max_length=200, help_text=_("Whose it is, or what uses it."))
    contact = models.EmailField(_("contact"), help_text=_("Who is told before something changes."))
    prefix = models.CharField(_("prefix"), max_length=8, editable=False)
    scopes = ArrayField(
        models.CharField(max_length=10, choices=Scope),
        verbose_name=_("scopes"),
        default=list,
        blank=True,
        help_text=_("Besides reading."),
    )
    requests_a_minute = models.PositiveIntegerField(
        _("requests a minute"), null=True, blank=True, help_text=_("Empty: as many as usual.")
    )
    requests_a_day = models.PositiveIntegerField(
        _("requests a day"), null=True, blank=True, help_text=_("Empty: as many as usual.")
    )
    extractions_a_day = models.PositiveIntegerField(
        _("extractions a day"), null=True, blank=True, help_text=_("Empty: as many as usual.")
    )
    expires_on = models.DateField(
        _("expires on"), null=True, blank=True, help_text=_("The last day it is good for.")
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("made by"),
    )
    made_at = models.DateTimeField(_("made at"), db_default=RecordClock(), editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
        verbose_name=_("revoked by"),
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True, editable=False)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering = ["-made_at", "-id"]
        default_permissions = ("view", "add", "change")
        constraints = [
            # Two keys never begin alike.
            models.UniqueConstraint(fields=["prefix"], name="apikey_prefix_once"),
            # A key has a name.
            models.CheckConstraint(condition=~Q(name=""), name="apikey_has_a_name"),
            # It opens nothing that there is not.
            models.CheckConstraint(
                condition=Q(scopes__contained_by=["extract", "match", "propose"]),
                name="apikey_scopes_are_known",
            ),
            # Nothing is revoked but by somebody, at some time.
            models.CheckConstraint(
                condition=Q(revoked_by__isnull=True, revoked_at__isnull=True)
                | Q(revoked_by__isnull=False, revoked_at__isnull=False),
                name="apikey_revoked_by_somebody",
            ),
        ]
        indexes = [
            # Which were made last?
            models.Index(fields=["-made_at", "-id"], name="apikey_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.prefix}"

    @property
    def limits(self) -> Limits:
        """Its own, or where it has none those of the site."""
        usual = settings.API_LIMITS
        return Limits(
            *(
                usual[name] if own is None else own
                for own, name in (
                    (self.requests_a_minute, "key_minute"),
                    (self.requests_a_day, "key_day"),
                    (self.extractions_a_day, "extractions_day"),
                )
            )
        )

    def is_expired(self, today: date) -> bool:
        return self.expires_on is not None and self.expires_on < today


class ApiSecret(models.Model):
    """The SHA-256 of a key's secret; the secret itself is kept by whoever was given it.

    It has 256 random bits, which nobody guesses, however fast the hash: a slow one, made for
    passwords that people choose, would only make each request dear.
    """

    key = models.OneToOneField(
        ApiKey, models.PROTECT, primary_key=True, related_name="secret", verbose_name=_("key")
    )
    sha256 = models.CharField(_("SHA-256"), max_length=64)

    class Meta:
        verbose_name = _("secret of an API key")
        verbose_name_plural = _("secrets of API keys")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.key)
