"""What the work of a job knows and says while it runs."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from apps.core.choices import JobState
from apps.core.models import Job


class LeaseLost(Exception):
    """The job is not this worker's any more: its lease ran out, and somebody else has it or had it."""


class Cancelled(Exception):
    """The person who asked for the job does not want it any more."""


class Work:
    """One attempt at a job. Whatever it writes to the row names the fence that it got when it claimed the row."""

    def __init__(self, job: Job) -> None:
        self.job = job

    @property
    def arguments(self) -> dict[str, Any]:
        """What was asked for."""
        return self.job.arguments

    @property
    def by(self) -> Any:
        """The person who asked, and in whose name services are called."""
        return self.job.asked_by

    def progress(self, per_cent: int, step: str) -> None:
        """Tells how far the work is (0 to 100) and what is done now; raises where it need not go on.

        Not inside a transaction (RuntimeError): nobody would see it before the end, and the row would be locked.
        """
        with transaction.atomic(durable=True):
            told = self.wanted_rows().update(progress=per_cent, step=step)
        if not told:
            raise self.why_it_ends()

    def own_rows(self) -> QuerySet[Job]:
        """The row while it is this attempt's; no row afterwards."""
        return Job.objects.filter(pk=self.job.pk, fence=self.job.fence, state=JobState.RUNNING)

    def wanted_rows(self) -> QuerySet[Job]:
        """The same, while the result is still wanted."""
        return self.own_rows().filter(cancel_asked=False)

    def why_it_ends(self) -> Exception:
        """Why there is no wanted row any more."""
        return Cancelled() if self.own_rows().exists() else LeaseLost()
