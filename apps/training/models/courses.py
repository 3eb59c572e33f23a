"""A course 研修."""

from typing import Any

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
from apps.training.choices import CourseFormat
from apps.training.models.circles import refuse_going_round
from apps.training.models.lists import LiteracyArea, Skill, SkillRole
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
    literacy_areas: "models.ManyToManyField[LiteracyArea, Any]" = models.ManyToManyField(
        LiteracyArea,
        through="CourseLiteracyArea",
        blank=True,
        related_name="courses",
        verbose_name=_("Areas of digital literacy"),
    )
    skill_roles: "models.ManyToManyField[SkillRole, Any]" = models.ManyToManyField(
        SkillRole,
        through="CourseSkillRole",
        blank=True,
        related_name="courses",
        verbose_name=_("Roles of the digital skill standard"),
    )
    skills: "models.ManyToManyField[Skill, Any]" = models.ManyToManyField(
        Skill, through="CourseSkill", blank=True, related_name="courses", verbose_name=_("Skills it raises")
    )
    recognises = models.BooleanField(_("Who completes it belongs to the talent profile"), default=False)
    is_series = models.BooleanField(_("Series: only who completes all its sessions completes it"), default=False)
    prerequisites: "models.ManyToManyField[Course, Any]" = models.ManyToManyField(
        "self",
        through="CoursePrerequisite",
        through_fields=("course", "needs"),
        symmetrical=False,
        blank=True,
        related_name="needed_by",
        verbose_name=_("Prerequisites"),
    )
    next_course = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="previous_courses",
        verbose_name=_("Next course"),
    )
    continues = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="continued_by",
        verbose_name=_("Continues the course of an earlier year"),
        editable=False,
    )
    objective = PlainTextField(_("Objective"), blank=True)
    continuity = PlainTextField(_("How it goes on"), blank=True)
    lead_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="led_courses", verbose_name=_("Lead unit")
    )
    hurdles: "models.ManyToManyField[Hurdle, Any]" = models.ManyToManyField(
        Hurdle, through="CourseHurdle", blank=True, related_name="courses", verbose_name=_("Hurdles")
    )

    class Meta:
        verbose_name = _("Course")
        verbose_name_plural = _("Courses")
        ordering = ["-fiscal_year", "pk"]
        triggers = [refuse_going_round()]
        constraints = [
            models.UniqueConstraint(
                fields=["continues"],
                condition=Q(archived_at__isnull=True),
                name="one_continuation_a_course",
                violation_error_message=_("The course goes on already."),
            ),
            models.CheckConstraint(
                condition=Q(continues__isnull=True) | ~Q(continues=F("id")),
                name="course_does_not_continue_itself",
                violation_error_message=_("A course cannot continue itself."),
            ),
            models.CheckConstraint(
                condition=Q(plan__isnull=False) | ~Q(adhoc_reason=""),
                name="course_outside_of_plan_has_reason",
                violation_error_message=_("A course outside of a plan needs a reason."),
            ),
            models.CheckConstraint(
                condition=Q(next_course__isnull=True) | ~Q(next_course=F("id")),
                name="course_does_not_follow_itself",
                violation_error_message=_("A course cannot follow itself."),
            ),
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
