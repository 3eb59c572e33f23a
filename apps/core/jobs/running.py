"""A worker's part: claim a row, do the work, and write result and state together, or give the row back."""

import logging
import os
import socket
from datetime import timedelta

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import Error, connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from apps.core.choices import JobState
from apps.core.jobs.kinds import Finish, JobRefused, job_kinds
from apps.core.jobs.leases import LEASE, kept_lease
from apps.core.jobs.work import Cancelled, LeaseLost, Work
from apps.core.models import Job
from apps.core.models.job import ATTEMPTS

logger = logging.getLogger(__name__)

# Seconds for each attempt that there was: a file system or a database that stumbled has come to itself by then.
PAUSE_AFTER_ATTEMPT = 2
# What a worker may take now.
DUE = Q(state=JobState.WAITING) & (Q(not_before__isnull=True) | Q(not_before__lte=Now()))


def run_job(pk: int) -> None:
    """Does the job if it is to be had; a hint that comes late or twice changes nothing.

    Where the database cannot even take down that an attempt failed, the lease runs out and the dispatcher does it.
    """
    try:
        job = claim(pk)
        if job is not None:
            attempt(Work(job))
    except Error as error:
        logger.warning("Job %s: the database is away (%s); its lease will run out.", pk, _first_line(error))


def claim(pk: int) -> Job | None:
    """The row as this worker's own, with a higher fence; None where it is not to be had."""
    with transaction.atomic():
        claimed = Job.objects.filter(DUE, pk=pk, attempts__lt=ATTEMPTS).update(
            state=JobState.RUNNING,
            fence=F("fence") + 1,
            attempts=F("attempts") + 1,
            lease_until=Now() + LEASE,
            worker=f"{socket.gethostname()}:{os.getpid()}",
            started_at=Now(),
            progress=0,
            step="",
        )
        # Still in the same transaction: the row is locked, so this is the fence that was just given.
        return Job.objects.select_related("asked_by").get(pk=pk) if claimed else None


def attempt(work: Work) -> None:
    """One attempt, to whatever end."""
    try:
        with kept_lease(work):
            finish = job_kinds[work.job.kind].run(work)
        complete(work, finish)
        logger.info("Job %s (%s) is done.", work.job.pk, work.job.kind)
    except LeaseLost:
        logger.warning("Job %s: another worker has it; this one stops.", work.job.pk)
    except Cancelled:
        end(work, JobState.CANCELLED, "")
    except JobRefused as refusal:
        fail(work, str(refusal), final=True)
    except SoftTimeLimitExceeded:
        minutes = settings.CELERY_TASK_SOFT_TIME_LIMIT // 60
        fail(work, _("The work took longer than %(minutes)s minutes.") % {"minutes": minutes})
    except Exception as error:  # whatever the work raises must reach the person who waits for it
        logger.exception("Job %s (%s), attempt %s", work.job.pk, work.job.kind, work.job.attempts)
        words = _("The program made an error (%(name)s). The administrator finds it in the log under job %(job)s.")
        fail(work, words % {"name": type(error).__name__, "job": work.job.pk})


def complete(work: Work, finish: Finish) -> None:
    """What `finish` writes, its result and the state, in one transaction; the row stays locked meanwhile."""
    with transaction.atomic():
        done = work.wanted_rows().update(
            state=JobState.DONE, progress=100, step="", reason="", lease_until=None, ended_at=Now()
        )
        if not done:
            raise work.why_it_ends()
        result = finish()
        Job.objects.filter(pk=work.job.pk).update(result=result)


def fail(work: Work, reason: str, *, final: bool = False) -> None:
    """Another attempt a little later, or the end with the reason; a job that is not wanted any more is cancelled."""
    if connection.errors_occurred and not connection.is_usable():
        connection.close()  # the work failed because its connection did
    if work.own_rows().filter(cancel_asked=True).exists():
        end(work, JobState.CANCELLED, "")
    elif final or work.job.attempts >= ATTEMPTS:
        end(work, JobState.FAILED, reason)
    else:
        pause = timedelta(seconds=PAUSE_AFTER_ATTEMPT * work.job.attempts)
        work.own_rows().update(
            state=JobState.WAITING, reason=reason, lease_until=None, sent_at=None, not_before=Now() + pause
        )


def end(work: Work, state: JobState, reason: str) -> None:
    """The end without a result."""
    work.own_rows().update(state=state, reason=reason, lease_until=None, ended_at=Now())


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0]
