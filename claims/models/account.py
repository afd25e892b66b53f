from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Tries(models.Model):
    """How often something was tried of late that may be tried so often only: signing in, say.

    ``of`` is a hash of who or where; it tells neither. Nothing of it is kept beyond two days.
    """

    of = models.CharField(_("of"), max_length=64, primary_key=True)
    since = models.DateTimeField(_("since"))
    tries = models.PositiveIntegerField(_("tries"))

    class Meta:
        verbose_name = _("tries")
        verbose_name_plural = _("tries")
        default_permissions = ()
        indexes = [
            # Which are over?
            models.Index(fields=["since"], name="tries_by_time"),
        ]

    def __str__(self) -> str:
        return self.of[:8]


class RecoveryCode(models.Model):
    """A code that signs in once where the device is lost: its hash; the code was shown once."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="recovery_codes",
        verbose_name=_("account"),
    )
    digest = models.CharField(_("SHA-256"), max_length=64)

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")
        default_permissions = ()
        constraints = [
            # A code is one code.
            models.UniqueConstraint(fields=["account", "digest"], name="recoverycode_once"),
        ]

    def __str__(self) -> str:
        return str(self.account)


class AccountAct(models.Model):
    """Something that was done with an account; what changes its rights is noted by the database
    (claims/sql/accounts.sql). It outlives the account, and nothing of it is ever changed.
    """

    class What(models.TextChoices):
        """Our own."""

        SIGNED_IN = "signed_in", _("signed in")
        LOCKED = "locked", _("signing in was stopped: too many tries")
        WRONG_CODE = "wrong_code", _("right password, wrong code")
        ENROLLED = "enrolled", _("second factor set up")
        RECOVERED = "recovered", _("signed in with a recovery code")
        CODES_MADE = "codes_made", _("recovery codes made")
        FACTOR_RESET = "factor_reset", _("second factor reset")
        UNLOCKED = "unlocked", _("let in again")
        PASSWORD_CHANGED = "password_changed", _("password changed")
        PASSWORD_RESET = "password_reset", _("password reset by e-mail")
        MADE = "made", _("account made")
        REMOVED = "removed", _("account removed")
        RIGHT_GIVEN = "right_given", _("right given")
        RIGHT_TAKEN = "right_taken", _("right taken")

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        verbose_name=_("account"),
    )
    name = models.CharField(_("username"), max_length=150)
    what = models.CharField(_("what"), max_length=20, choices=What)
    detail = models.CharField(_("right"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        null=True,
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        verbose_name = _("act of an account")
        verbose_name_plural = _("acts of accounts")
        ordering = ["-at", "-id"]
        default_permissions = ("view",)
        indexes = [
            # What was done last?
            models.Index(fields=["-at", "-id"], name="accountact_latest"),
            # When was this done last?
            models.Index(fields=["what", "-at", "-id"], name="accountact_of_kind"),
            # What was done with this account?
            models.Index(fields=["account", "-at"], name="accountact_of_account"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_what_display()}"
