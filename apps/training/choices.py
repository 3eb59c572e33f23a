"""Formats of courses, states of plans and sessions."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
# Whose day may still come: neither held nor called off.
TO_COME = (SessionState.PLANNED, SessionState.OPEN)


class Tier(models.TextChoices):
    """The four tiers of talent profiles (人材育成・確保基本方針策定指針, and managers)."""

    EXPERT = "expert", _("Highly specialised people")
    LEADER = "leader", _("DX promotion leaders")
    MANAGER = "manager", _("Managers")
    GENERAL = "general", _("General staff")


class SkillLevel(models.IntegerChoices):
    """How well somebody can do something."""

    KNOWS = 1, _("1 Can explain it")
    DOES = 2, _("2 Can do it with guidance")
    MASTERS = 3, _("3 Can do it alone")
    TEACHES = 4, _("4 Can lead others in it")


class EnrolmentState(models.TextChoices):
    """From the invitation to the end; a seat is held by `enrolled` alone, later states tell what became of it."""

    INVITED = "invited", _("Invited")
    ENROLLED = "enrolled", _("Has a seat")
    WAITING = "waiting", _("On the waiting list")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrew")
    ABSENT = "absent", _("Did not come")
    ATTENDED = "attended", _("Came")
    COMPLETED = "completed", _("Completed it")


ENROLMENT_CHIPS = {
    EnrolmentState.INVITED: "ring",
    EnrolmentState.ENROLLED: "blue full",
    EnrolmentState.WAITING: "orange half",
    EnrolmentState.DECLINED: "bar",
    EnrolmentState.WITHDRAWN: "bar",
    EnrolmentState.ABSENT: "bar",
    EnrolmentState.ATTENDED: "green half",
    EnrolmentState.COMPLETED: "green full",
}
# Who has applied, whatever came of it; who came; these are what sessions count.
APPLIED = (
    EnrolmentState.ENROLLED,
    EnrolmentState.WAITING,
    EnrolmentState.ABSENT,
    EnrolmentState.ATTENDED,
    EnrolmentState.COMPLETED,
)
CAME = (EnrolmentState.ATTENDED, EnrolmentState.COMPLETED)
# Whom a session still to come concerns: the invited, those with a seat, those who wait for one.
GOING = (EnrolmentState.INVITED, EnrolmentState.ENROLLED, EnrolmentState.WAITING)


class FollowUp(models.TextChoices):
    """Three months later: is it used at work?"""

    USED = "used", pgettext_lazy("answer", "Used at work")
    PARTLY = "partly", _("Used in part")
    NOT_YET = "not_yet", _("Not used yet")


class RecognitionBasis(models.TextChoices):
    COURSE = "course", _("Completed a course")
    QUALIFICATION = "qualification", _("Holds a qualification")
    EXPERIENCE = "experience", _("Experience at work")
    RECRUITED = "recruited", _("Recruited for it")


class TransferKind(models.TextChoices):
    TRANSFER = "transfer", _("Transfer")
    LEAVING = "leaving", _("Leaving the city")
