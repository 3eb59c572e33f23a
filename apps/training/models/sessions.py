"""One date of a course 回: when, where, for how many people."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.models import Record
from apps.core.text import PlainCharField, PlainTextField
from apps.training.choices import SESSION_CHIPS, SessionState
from apps.training.models.courses import Course


@pghistory.track()
class Session(Record):
    """One date of a course.

    Where it keeps a roll, people are counted from the enrolments, and `applied`, `attended` and `completed` say
    nothing; otherwise these are the numbers that somebody reported, without names.
    """

    history_part = "course"

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="sessions")
    title = PlainCharField(_("Title"), max_length=100, blank=True)
    date = models.DateField(_("Date"))
    starts_at = models.TimeField(_("From"), null=True, blank=True)
    ends_at = models.TimeField(_("Until"), null=True, blank=True)
    place = PlainCharField(_("Place"), max_length=200, blank=True)
    format = PlainCharField(_("How it is held"), max_length=200, blank=True)
    instructor = PlainCharField(_("Instructor"), max_length=100, blank=True)
    capacity = models.PositiveIntegerField(_("Capacity"), null=True, blank=True)
    keeps_roll = models.BooleanField(_("Keeps a roll"), default=False)
    closes_on = models.DateField(_("Enrolment until"), null=True, blank=True)
    applied = models.PositiveIntegerField(_("Applied"), default=0)
    attended = models.PositiveIntegerField(_("Attended"), default=0)
    completed = models.PositiveIntegerField(_("Completed"), default=0)
    state = models.CharField(_("State"), max_length=10, choices=SessionState.choices, default=SessionState.PLANNED)
    state_reason = PlainTextField(_("Reason"), blank=True, editable=False)

    class Meta:
        verbose_name = _("Session")
        verbose_name_plural = _("Sessions")
        ordering = ["date", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(completed__lte=F("attended")),
                name="completed_have_attended",
                violation_error_message=_("More people cannot complete a session than attended it."),
            ),
            models.CheckConstraint(
                condition=Q(closes_on__isnull=True) | Q(closes_on__lte=F("date")),
                name="enrolment_closes_before_the_session",
                violation_error_message=_("Enrolment cannot end after the day of the session."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course} {self.title}".strip()

    def get_absolute_url(self) -> str:
        return reverse("training:session-detail", args=[self.uid])

    @property
    def state_chip(self) -> str:
        return SESSION_CHIPS[SessionState(self.state)]
