"""Asking for a job and taking that back. Neither talks to Redis: a request is done when its row is written."""

from typing import Any

from django.db import OperationalError, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.choices import JobState
from apps.core.jobs import permissions  # noqa: F401 the rows that FLOW names
from apps.core.jobs.kinds import job_kinds
from apps.core.models import Job
from apps.core.permissions import require
from apps.core.transitions import Flow, Transition, WrongState

LOCK_NOT_AVAILABLE = "55P03"  # PostgreSQL's word for: somebody had the row for longer than lock_timeout

FLOW = Flow(
    "state",
    [
        Transition(
            "cancel",
            gettext_lazy("Cancel this job"),
            (JobState.WAITING, JobState.RUNNING),
            JobState.CANCELLED,
            "core.cancel_job",
        )
    ],
)


def visible_to(user: Any) -> QuerySet[Job]:
    """The jobs that the person asked for, newest first."""
    return Job.objects.filter(asked_by=user)


def ask_job(*, kind: str, key: str, title: str, arguments: dict[str, Any], by: Any) -> Job:
    """Writes the job's row in the caller's transaction; a second ask with the same key returns the first row.

    So `key` is drawn when the form is shown, or says what can exist only once. The row belongs to whoever came first:
    where two people can ask for the same thing, their keys must differ, or one of them may not see the job.
    """
    wanted = job_kinds[kind]
    if wanted.permission:
        require(by, wanted.permission)
    job = Job(kind=wanted.name, key=key, queue=wanted.queue, title=title, arguments=arguments, asked_by=by)
    Job.objects.bulk_create([job], ignore_conflicts=True)
    return Job.objects.get(key=key)


def cancel_job(*, job: Job, by: Any) -> None:
    """Ends a waiting job at once; a running one stops at its next step. Raises Forbidden or WrongState."""
    try:
        with transaction.atomic():
            present = Job.objects.select_for_update().get(pk=job.pk)
            FLOW.check("cancel", present, by=by)
            _cancel(present)
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", "") == LOCK_NOT_AVAILABLE:  # the worker is writing the result
            raise WrongState(_("The job is just being finished. Look again in a moment.")) from error
        raise
    job.refresh_from_db()


def _cancel(job: Job) -> None:
    rows = Job.objects.filter(pk=job.pk)
    if job.state == JobState.WAITING:
        rows.update(state=JobState.CANCELLED, reason="", ended_at=Now())
    else:
        rows.update(cancel_asked=True)
