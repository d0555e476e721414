"""What the worker does by itself: jobs of a worker that was killed, and what is old."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from expertteam.models import NietVerstuurd
from expertteam.wachtrij import WACHT

BEWAARD = timedelta(days=30)  # how long is known that a mail lapsed, and how long one that failed can be tried again


@app.periodic(cron="* * * * *")
@app.task(name="vastgelopen", queueing_lock="vastgelopen", pass_context=True)
async def vastgelopen(context, timestamp):
    """A job of a worker that is no more is done again; one that ends its worker each time is given up."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        if job.queueing_lock:  # of the clock: the next one is on its way
            await manager.finish_job(job, Status.ABORTED, delete_job=True)
        elif job.attempts >= len(WACHT):
            await manager.finish_job(job, Status.FAILED, delete_job=False)
        else:
            await manager.retry_job(job)


@app.periodic(cron="17 2 * * *")
@app.task(name="opruimen", queueing_lock="opruimen")
def opruimen(timestamp):
    """What nobody tried again in a month is gone, and so is why."""
    gone = timezone.now() - BEWAARD
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs j WHERE status IN ('failed', 'cancelled', 'aborted')"
            " AND NOT EXISTS (SELECT FROM procrastinate_events e WHERE e.job_id = j.id AND e.at >= %s)", [gone],
        )  # fmt: skip
    NietVerstuurd.objects.filter(laatst__lt=gone).delete()
