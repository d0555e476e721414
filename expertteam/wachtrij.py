"""The queue: a mail is put there in the transaction of what it tells, so that both are kept, or neither."""

import logging
from datetime import timedelta
from functools import partial, wraps
from types import SimpleNamespace

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from procrastinate import jobs, sql
from procrastinate.contrib.django import app, django_connector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.manager import JobManager
from procrastinate.retry import BaseRetryStrategy, RetryDecision

from expertteam.models import NietVerstuurd

POST, DAG = "post", "dag"  # at once; and what waits for the mail of the next morning, which no worker takes
WACHT = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440)]  # after that it is up to people
LOG = logging.getLogger(__name__)


class Mislukt(Exception):
    """It did not leave. Without the words of the mail server: they quote addresses."""

    def __init__(self, waarom, voorgoed=False):
        super().__init__(waarom)
        self.waarom, self.voorgoed = waarom, voorgoed


class Vervalt(Exception):
    """It need not leave any more, and that is counted."""

    def __init__(self, waarom):
        super().__init__(waarom)
        self.waarom = waarom


class InTransactie(django_connector.DjangoConnector):
    """The connection of who asks, in his transaction; and an error of the database stays what Django makes of it."""

    execute_query = django_connector.DjangoConnector.execute_query.__wrapped__
    execute_query_all = django_connector.DjangoConnector.execute_query_all.__wrapped__


RIJ = JobManager(InTransactie())


class Volhouden(BaseRetryStrategy):
    """A mail server that is away comes back; one that refuses for good is not asked again."""

    def get_retry_decision(self, *, exception, job):
        if getattr(exception, "voorgoed", False) or job.attempts >= len(WACHT):
            return None
        return RetryDecision(retry_at=timezone.now() + WACHT[job.attempts])


def zet(soort, *ids, op=None):
    """A job for each of these {name: key}: there when the transaction is kept, and not before. `op`: not until then."""
    new = [
        jobs.Job(
            task_name=soort, task_kwargs=kwargs, queue=DAG if op else POST, scheduled_at=op,
            lock=None, queueing_lock=None,
        )
        for kwargs in ids
    ]  # fmt: skip
    kept = [job.id for job in RIJ.batch_defer_jobs(new)] if new else []
    if settings.WACHTRIJ_METEEN and not op:
        transaction.on_commit(partial(meteen, kept), robust=True)
    return kept


def taak(soort):
    """A function that does a job, (key of the job, **ids); how it ended is written down."""

    def known(func):
        @app.task(name=soort, queue=POST, retry=Volhouden(), pass_context=True)
        @wraps(func)
        def run(context, **ids):
            doe(func, context.job, ids)

        return run

    return known


def doe(func, job, ids):
    """Do it. What fails is tried again with `Volhouden`; the beheerder sees why, the log gets no address."""
    try:
        func(job.id, **ids)
    except Vervalt as reason:
        NietVerstuurd.objects.update_or_create(taak=job.id, defaults={"waarom": reason.waarom})
        LOG.info("job %s lapsed: %s", job.id, reason.waarom)
    except Exception as error:  # whatever it was: it is tried again
        why = getattr(error, "waarom", NietVerstuurd.Waarom.FOUT)
        NietVerstuurd.objects.update_or_create(taak=job.id, defaults={"waarom": why})
        LOG.warning("job %s failed: %s, %s", job.id, why, type(error.__context__ or error).__name__)
        raise Mislukt(why, getattr(error, "voorgoed", False)) from None
    else:
        if job.attempts:
            NietVerstuurd.objects.filter(taak=job.id).delete()


def meteen(keys):
    """What a worker does, in this process and once: for the demo and the tests."""
    app.perform_import_paths()
    for key in keys:
        if not begin(key):
            continue  # a worker was first
        job = ProcrastinateJob.objects.get(pk=key).procrastinate_job
        try:
            app.tasks[job.task_name](SimpleNamespace(job=job), **job.task_kwargs)
        except Mislukt:
            klaar(key, "failed")
        else:
            klaar(key, "succeeded")


def begin(key):
    """This job is ours; false when somebody else has it."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s AND status = 'todo'", [key])
        return bool(cursor.rowcount)


def klaar(key, hoe):
    """This job ended; what succeeded leaves the queue."""
    RIJ.connector.execute_query(query=sql.queries["finish_job"], job_id=key, status=hoe, delete_job=hoe == "succeeded")


def mislukt():
    """What was given up, the oldest first."""
    return ProcrastinateJob.objects.filter(status="failed").order_by("pk")


def opnieuw(key):
    """What was given up once more, at once; false when that was done already.

    Its key stays, and so does the Message-ID of its mail.
    """
    if not mislukt().select_for_update().filter(pk=key).exists():
        return False
    RIJ.retry_job_by_id(key, timezone.now())
    if settings.WACHTRIJ_METEEN:
        transaction.on_commit(partial(meteen, [key]), robust=True)
    return True


def geef_op(key):
    """Nobody tries this any more; false when it is not there."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s AND status = 'failed'", [key])
        return bool(cursor.rowcount)
