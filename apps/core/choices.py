"""States of a job."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class JobState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", pgettext_lazy("of a job", "Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


# Nothing more will happen to these.
ENDED = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)
JOB_CHIPS = {
    JobState.WAITING: "ring",
    JobState.RUNNING: "blue half",
    JobState.DONE: "green full",
    JobState.FAILED: "red alert",
    JobState.CANCELLED: "bar",
}
