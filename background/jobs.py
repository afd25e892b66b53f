"""What the queue does for itself, every so often."""

from django.utils.translation import gettext as _
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from background.models import Failure, Job
from background.queue import Priority
from background.retry import MOST

KEPT = 7 * 24  # hours that a job done is shown


@app.periodic(cron="* * * * *")
@app.task(name="rescue", queueing_lock="rescue", priority=Priority.NEWS, pass_context=True)
async def rescue(context: JobContext, timestamp: int) -> None:
    """Queue again what was left by workers that died; not for ever what they may have died of."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs():
        await Failure.objects.aupdate_or_create(
            job_id=job.id, defaults={"reason": _("the worker ended in the middle of it")}
        )
        if job.attempts + 1 >= MOST:
            await jobs.finish_job(job, Status.FAILED, delete_job=False)
            continue
        try:
            await jobs.retry_job(job)
        except UniqueViolation:  # Another like it waits already.
            await jobs.finish_job(job, Status.FAILED, delete_job=False)


@app.periodic(cron="17 4 * * *")
@app.task(name="tidy", queueing_lock="tidy", priority=Priority.LATER, pass_context=True)
async def tidy(context: JobContext, timestamp: int) -> None:
    """Forget what was done a week ago; what failed stays until somebody has seen to it."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEPT)
    await Failure.objects.exclude(job__in=Job.objects.all()).adelete()
