"""What the queue does for itself, every so often."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

from background.models import Failure, Job
from background.queue import Priority

KEPT = 7 * 24  # hours that a job done is shown


@app.periodic(cron="17 4 * * *")
@app.task(name="tidy", queueing_lock="tidy", priority=Priority.LATER, pass_context=True)
async def tidy(context: JobContext, timestamp: int) -> None:
    """Forget what was done a week ago; what failed stays until somebody has seen to it."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEPT)
    await Failure.objects.exclude(job__in=Job.objects.all()).adelete()
