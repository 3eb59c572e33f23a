"""A training plan 育成計画 over several fiscal years."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.fiscal import FiscalYearField
from apps.core.models import NumberedRecord, Searched
from apps.core.text import PlainCharField, PlainTextField
from apps.organization.models import Unit
from apps.roadmap.models import Initiative
from apps.training.choices import PLAN_CHIPS, PlanStatus
from apps.training.models.profiles import TalentProfile


@pghistory.track(exclude=["search_key"])
class TrainingPlan(Searched, NumberedRecord):
    """Which courses for which profiles in which years, and what they cost."""

    name = PlainCharField(_("Name"), max_length=200)
    aim = PlainTextField(_("Aim of the plan"), blank=True)
    from_year = FiscalYearField(_("From fiscal year"))
    to_year = FiscalYearField(_("To fiscal year"))
    status = models.CharField(
        _("State"), max_length=10, choices=PlanStatus.choices, default=PlanStatus.DRAFT, editable=False
    )
    status_since = models.DateField(_("In this state since"), null=True, blank=True, editable=False)
    status_reason = PlainTextField(_("Reason"), blank=True, editable=False)
    approval_number = PlainCharField(_("Approval number"), max_length=50, blank=True, editable=False)
    decided_on = models.DateField(_("Decided on"), null=True, blank=True, editable=False)
    lead_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="led_training_plans", verbose_name=_("Lead unit")
    )
    supporting_units: "models.ManyToManyField[Unit, PlanUnit]" = models.ManyToManyField(
        Unit,
        through="PlanUnit",
        blank=True,
        related_name="supported_training_plans",
        verbose_name=_("Supporting units"),
    )
    profiles: "models.ManyToManyField[TalentProfile, PlanProfile]" = models.ManyToManyField(
        TalentProfile,
        through="PlanProfile",
        blank=True,
        related_name="training_plans",
        verbose_name=_("Talent profiles"),
    )
    initiative = models.ForeignKey(
        Initiative,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="training_plans",
        verbose_name=_("Initiative"),
    )

    class Meta:
        verbose_name = _("Training plan")
        verbose_name_plural = _("Training plans")
        ordering = ["-from_year", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_year__lte=F("to_year")),
                name="training_plan_begins_before_it_ends",
                violation_error_message=_("A plan cannot end before it begins."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def searched_texts(self) -> tuple[str, ...]:
        return (self.number or "", self.name)

    def get_absolute_url(self) -> str:
        return reverse("training:plan-detail", args=[self.address])

    @property
    def status_chip(self) -> str:
        return PLAN_CHIPS[PlanStatus(self.status)]


@pghistory.track()
class PlanCost(models.Model):
    """What the plan costs in a year in all, in 千円; what its courses cost of it stands with them."""

    history_part = "plan"

    plan = models.ForeignKey(TrainingPlan, on_delete=models.CASCADE, related_name="costs")
    fiscal_year = FiscalYearField(_("Fiscal year"))
    cost_k = models.PositiveBigIntegerField(_("Cost (thousand yen)"))

    class Meta:
        verbose_name = _("Cost of a year")
        verbose_name_plural = _("Costs of the years")
        ordering = ["fiscal_year"]
        constraints = [models.UniqueConstraint(fields=["plan", "fiscal_year"], name="one_plan_cost_a_year")]

    def __str__(self) -> str:
        return str(self.fiscal_year)


@pghistory.track()
class PlannedCourse(models.Model):
    """A course that the plan holds in a year: how many people are to complete it, and what it costs in 千円."""

    history_part = "plan"

    plan = models.ForeignKey(TrainingPlan, on_delete=models.CASCADE, related_name="planned_courses")
    course = models.ForeignKey(
        "training.Course", on_delete=models.PROTECT, related_name="plan_years", verbose_name=_("Course")
    )
    fiscal_year = FiscalYearField(_("Fiscal year"))
    people = models.PositiveIntegerField(_("People to complete it"), null=True, blank=True)
    cost_k = models.PositiveBigIntegerField(_("Cost (thousand yen)"), null=True, blank=True)

    class Meta:
        verbose_name = _("Planned course")
        verbose_name_plural = _("Planned courses")
        ordering = ["fiscal_year", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "course", "fiscal_year"], name="one_planned_course_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.course} {self.fiscal_year}"


@pghistory.track()
class PlanUnit(models.Model):
    """A unit that supports a plan."""

    history_part = "plan"

    plan = models.ForeignKey(TrainingPlan, on_delete=models.CASCADE, related_name="unit_links")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Unit"))

    class Meta:
        verbose_name = _("Supporting unit")
        verbose_name_plural = _("Supporting units")
        ordering = ["unit__order", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "unit"], name="one_unit_a_training_plan")]

    def __str__(self) -> str:
        return str(self.unit)


@pghistory.track()
class PlanProfile(models.Model):
    """A profile that a plan trains."""

    history_part = "plan"

    plan = models.ForeignKey(TrainingPlan, on_delete=models.CASCADE, related_name="profile_links")
    profile = models.ForeignKey(
        TalentProfile, on_delete=models.PROTECT, related_name="+", verbose_name=_("Talent profile")
    )

    class Meta:
        verbose_name = _("Talent profile")
        verbose_name_plural = _("Talent profiles")
        ordering = ["profile__order", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "profile"], name="one_profile_a_training_plan")]

    def __str__(self) -> str:
        return str(self.profile)
