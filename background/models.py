from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django.models import ProcrastinateJob


class Job(ProcrastinateJob):
    """One piece of work, as procrastinate keeps it: read here, changed by its functions only."""

    class Meta:
        proxy = True
        verbose_name = gettext_lazy("job")
        verbose_name_plural = gettext_lazy("jobs")

    def __str__(self) -> str:
        return _("Job %(number)d") % {"number": self.pk}

    @property
    def reason(self) -> str:
        """Why its latest attempt failed; nothing if it did not."""
        if self.status == "succeeded" or not hasattr(self, "failure"):
            return ""
        return self.failure.reason


class Failure(models.Model):
    """The latest failed attempt at a job, which procrastinate itself tells the log only."""

    # The rows of jobs come and go behind Django's back: no constraint may hold them.
    job = models.OneToOneField(
        Job,
        models.DO_NOTHING,
        primary_key=True,
        db_constraint=False,
        related_name="failure",
        verbose_name=gettext_lazy("job"),
    )
    at = models.DateTimeField(gettext_lazy("at"), auto_now=True)
    reason = models.TextField(gettext_lazy("reason"))

    class Meta:
        verbose_name = gettext_lazy("failure")
        verbose_name_plural = gettext_lazy("failures")

    def __str__(self) -> str:
        return self.reason
