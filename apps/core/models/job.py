"""Jobs: the database owns them, Redis only carries a hint (docs/adr/0006).

A request writes a row and is done. The dispatcher sends ids to the workers; a worker takes a row with one conditional
UPDATE, which raises the fence; whatever it writes afterwards names the fence, so that a worker that was thought dead
writes nothing. Times are the database's, never those of the demo city.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.core.choices import ENDED, JOB_CHIPS, JobState
from apps.core.text import PlainTextField

ATTEMPTS = 3


class Job(models.Model):
    """Something that a worker does for a person, once: `key` is unique, so the button pressed twice makes one job."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("Kind of job"), max_length=100)
    key = models.CharField(max_length=200, unique=True)
    queue = models.CharField(max_length=30)
    title = PlainTextField(pgettext_lazy("of a job", "What"))
    arguments = models.JSONField(default=dict)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="jobs", verbose_name=_("Asked by")
    )
    state = models.CharField(_("State"), max_length=10, choices=JobState.choices, default=JobState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("Attempts"), default=0)
    fence = models.PositiveIntegerField(default=0)
    worker = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    not_before = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    progress = models.PositiveSmallIntegerField(_("Progress (per cent)"), default=0)
    step = PlainTextField(_("Step"), blank=True)
    cancel_asked = models.BooleanField(default=False)
    reason = PlainTextField(_("Reason"), blank=True)
    result = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField(_("Asked at"), db_default=Now())
    started_at = models.DateTimeField(_("Started at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("Ended at"), null=True, blank=True)

    class Meta:
        verbose_name = _("Job")
        verbose_name_plural = _("Jobs")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["sent_at", "id"], condition=~Q(state__in=ENDED), name="job_not_ended"),
            models.Index(fields=["asked_by", "-created_at"], name="job_by_asker"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(progress__lte=100), name="job_progress_is_per_cent"),
            models.CheckConstraint(condition=Q(attempts__lte=ATTEMPTS), name="job_has_three_attempts"),
            models.CheckConstraint(
                condition=~Q(state=JobState.RUNNING) | Q(lease_until__isnull=False), name="running_job_has_lease"
            ),
            models.CheckConstraint(condition=~Q(state=JobState.FAILED) | ~Q(reason=""), name="failed_job_has_reason"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("core:job-detail", args=[self.uid])

    @property
    def state_chip(self) -> str:
        return JOB_CHIPS[JobState(self.state)]

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED

    @property
    def result_url(self) -> str:
        """Where the result is; nothing while there is none."""
        return str((self.result or {}).get("url", ""))


class Heartbeat(models.Model):
    """When a process was last heard of: dispatcher, worker, beat."""

    name = models.CharField(max_length=30, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at:%H:%M:%S}"
