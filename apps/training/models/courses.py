"""A course 研修, its sessions, and how it is evaluated."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.fiscal import FiscalYearField
from apps.core.models import Record, Searched
from apps.core.text import PlainCharField, PlainTextField
from apps.hurdles.models import Hurdle
from apps.organization.models import Unit
from apps.training.choices import SESSION_CHIPS, CourseFormat, SessionState
from apps.training.models.lists import EvaluationLevel, LiteracyArea, SkillRole
from apps.training.models.plans import TrainingPlan
from apps.training.models.profiles import TalentProfile


@pghistory.track(exclude=["search_key"])
class Course(Searched, Record):
    """In a plan, or outside of it 計画外(単発) with a reason."""

    title_texts = 1

    fiscal_year = FiscalYearField(_("Fiscal year"))
    name = PlainCharField(_("Name"), max_length=200)
    format = models.CharField(_("Format"), max_length=20, choices=CourseFormat.choices)
    plan = models.ForeignKey(
        TrainingPlan,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="courses",
        verbose_name=_("Training plan"),
    )
    adhoc_reason = PlainTextField(_("Reason for holding it outside of a plan"), blank=True)
    profile = models.ForeignKey(
        TalentProfile, on_delete=models.PROTECT, related_name="courses", verbose_name=_("Talent profile")
    )
    participants = ArrayField(PlainCharField(max_length=100), verbose_name=_("For whom"), default=list, blank=True)
    literacy_areas: "models.ManyToManyField[LiteracyArea, CourseLiteracyArea]" = models.ManyToManyField(
        LiteracyArea,
        through="CourseLiteracyArea",
        blank=True,
        related_name="courses",
        verbose_name=_("Areas of digital literacy"),
    )
    skill_roles: "models.ManyToManyField[SkillRole, CourseSkillRole]" = models.ManyToManyField(
        SkillRole,
        through="CourseSkillRole",
        blank=True,
        related_name="courses",
        verbose_name=_("Roles of the digital skill standard"),
    )
    objective = PlainTextField(_("Objective"), blank=True)
    continuity = PlainTextField(_("How it goes on"), blank=True)
    lead_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="led_courses", verbose_name=_("Lead unit")
    )
    hurdles: "models.ManyToManyField[Hurdle, CourseHurdle]" = models.ManyToManyField(
        Hurdle, through="CourseHurdle", blank=True, related_name="courses", verbose_name=_("Hurdles")
    )

    class Meta:
        verbose_name = _("Course")
        verbose_name_plural = _("Courses")
        ordering = ["-fiscal_year", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(plan__isnull=False) | ~Q(adhoc_reason=""),
                name="course_outside_of_plan_has_reason",
                violation_error_message=_("A course outside of a plan needs a reason."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def searched_texts(self) -> tuple[str, ...]:
        return (self.name, self.objective)

    def get_absolute_url(self) -> str:
        return reverse("training:course-detail", args=[self.uid])

    @property
    def is_ad_hoc(self) -> bool:
        """Held outside of any plan 計画外(単発)."""
        return self.plan_id is None


@pghistory.track()
class CurriculumItem(models.Model):
    """One lesson of a course; `hours` may be halves."""

    history_part = "course"

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="curriculum")
    order = models.PositiveSmallIntegerField(_("Order"))
    title = PlainCharField(_("Lesson"), max_length=200)
    hours = models.DecimalField(_("Hours"), max_digits=5, decimal_places=1)
    method = PlainCharField(_("Method"), max_length=50, blank=True)

    class Meta:
        verbose_name = _("Lesson")
        verbose_name_plural = _("Lessons")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["course", "order"], name="one_lesson_a_place")]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Session(Record):
    """One date of a course, with the numbers of people; who they were is a later module's record."""

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
    applied = models.PositiveIntegerField(_("Applied"), default=0)
    attended = models.PositiveIntegerField(_("Attended"), default=0)
    completed = models.PositiveIntegerField(_("Completed"), default=0)
    state = models.CharField(_("State"), max_length=10, choices=SessionState.choices, default=SessionState.PLANNED)

    class Meta:
        verbose_name = _("Session")
        verbose_name_plural = _("Sessions")
        ordering = ["date", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(completed__lte=F("attended")),
                name="completed_have_attended",
                violation_error_message=_("More people cannot complete a session than attended it."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.course} {self.title}".strip()

    def get_absolute_url(self) -> str:
        return reverse("training:session-detail", args=[self.uid])

    @property
    def state_chip(self) -> str:
        return SESSION_CHIPS[SessionState(self.state)]


@pghistory.track()
class Evaluation(models.Model):
    """How a course is measured at one level; a missing actual is missing and not zero."""

    history_part = "course"

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="evaluations")
    level = models.ForeignKey(EvaluationLevel, on_delete=models.PROTECT, related_name="+", verbose_name=_("Level"))
    measure = PlainCharField(_("Measure"), max_length=200)
    target = models.DecimalField(_("Target"), max_digits=12, decimal_places=2, null=True, blank=True)
    actual = models.DecimalField(_("Actual"), max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("Evaluation")
        verbose_name_plural = _("Evaluations")
        ordering = ["level__level", "pk"]

    def __str__(self) -> str:
        return self.measure


@pghistory.track()
class CourseHurdle(models.Model):
    """A hurdle that a course helps to clear."""

    history_part = "course"

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="hurdle_links")
    hurdle = models.ForeignKey(Hurdle, on_delete=models.PROTECT, related_name="course_links", verbose_name=_("Hurdle"))

    class Meta:
        verbose_name = _("Hurdle")
        verbose_name_plural = _("Hurdles")
        ordering = ["hurdle__number", "pk"]
        constraints = [models.UniqueConstraint(fields=["course", "hurdle"], name="one_hurdle_a_course")]

    def __str__(self) -> str:
        return str(self.hurdle)


@pghistory.track()
class CourseLiteracyArea(models.Model):
    """An area of digital literacy that a course covers."""

    history_part = "course"

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="literacy_links")
    area = models.ForeignKey(LiteracyArea, on_delete=models.PROTECT, related_name="+", verbose_name=_("Area"))

    class Meta:
        verbose_name = _("Area of digital literacy")
        verbose_name_plural = _("Areas of digital literacy")
        ordering = ["area__order", "pk"]
        constraints = [models.UniqueConstraint(fields=["course", "area"], name="one_literacy_area_a_course")]

    def __str__(self) -> str:
        return str(self.area)


@pghistory.track()
class CourseSkillRole(models.Model):
    """A role of the digital skill standard that a course trains."""

    history_part = "course"

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="skill_links")
    role = models.ForeignKey(SkillRole, on_delete=models.PROTECT, related_name="+", verbose_name=_("Role"))

    class Meta:
        verbose_name = _("Role of the digital skill standard")
        verbose_name_plural = _("Roles of the digital skill standard")
        ordering = ["role__skill_type__order", "role__order", "pk"]
        constraints = [models.UniqueConstraint(fields=["course", "role"], name="one_skill_role_a_course")]

    def __str__(self) -> str:
        return str(self.role)
