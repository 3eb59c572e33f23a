"""Formats of courses, states of plans and sessions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CourseFormat(models.TextChoices):
    TRAINING = "training", _("Training course")
    EXCHANGE = "exchange", _("Exchange of views")
    NEWS = "news", _("News from the advisor")
    STUDY_GROUP = "study_group", _("Study group")
    ON_THE_JOB = "on_the_job", _("On the job")
    QUALIFICATION = "qualification", _("Qualification")


class PlanStatus(models.TextChoices):
    DRAFT = "draft", _("Draft plan")
    DECIDED = "decided", _("Decided plan")
    ENDED = "ended", _("Ended plan")


PLAN_CHIPS = {PlanStatus.DRAFT: "blue", PlanStatus.DECIDED: "blue full", PlanStatus.ENDED: "bar"}


class SessionState(models.TextChoices):
    PLANNED = "planned", _("Planned session")
    OPEN = "open", _("Taking enrolments")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Called off")


SESSION_CHIPS = {
    SessionState.PLANNED: "ring",
    SessionState.OPEN: "green half",
    SessionState.HELD: "green full",
    SessionState.CANCELLED: "bar",
}
