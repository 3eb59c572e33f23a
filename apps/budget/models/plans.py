"""The intent survey 意向調査 in July, and the introduction plan 導入計画書 that is reviewed before the request."""

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.budget.choices import PlanKind, PreReviewResult, Readiness
from apps.budget.models.proposal import Proposal
from apps.core.fiscal import FiscalYearField
from apps.core.models import Record, Searched
from apps.core.text import PlainCharField, PlainTextField
from apps.organization.models import Unit


@pghistory.track(exclude=["search_key"])
class Intent(Searched, Record):
    """What a section means to ask for: a rough amount in 千円, when, and from which source; no promise."""

    title_texts = 1

    fiscal_year = FiscalYearField(_("Fiscal year of the start"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="intents", verbose_name=_("Section"))
    title = PlainCharField(_("Title"), max_length=200)
    amount_k = models.PositiveBigIntegerField(_("Rough amount (thousand yen)"), null=True, blank=True)
    quarter = models.PositiveSmallIntegerField(_("Quarter of the start"), null=True, blank=True)
    source = PlainCharField(_("Source of money"), max_length=100, blank=True)
    readiness = models.PositiveSmallIntegerField(_("Readiness"), choices=Readiness.choices, null=True, blank=True)
    answered_on = models.DateField(_("Answered on"))

    class Meta:
        verbose_name = _("Intent")
        verbose_name_plural = _("Intents")
        ordering = ["unit__order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quarter__isnull=True) | Q(quarter__range=(1, 4)),
                name="intent_in_one_of_four_quarters",
                violation_error_message=_("A quarter is 1, 2, 3 or 4."),
            ),
            models.CheckConstraint(
                condition=Q(readiness__isnull=True) | Q(readiness__range=(1, 5)),
                name="intent_readiness_one_to_five",
                violation_error_message=_("Readiness lies between 1 and 5."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def searched_texts(self) -> tuple[str, ...]:
        return (self.title, self.source)

    def get_absolute_url(self) -> str:
        return reverse("budget:intent-detail", args=[self.uid])


class ReviewCriterion(models.Model):
    """By what introduction plans are judged; points help and never decide."""

    code = models.CharField(_("Code"), max_length=20, unique=True)
    name = PlainCharField(_("Name"), max_length=100)
    max_points = models.PositiveSmallIntegerField(_("Most points"), default=5)
    order = models.PositiveSmallIntegerField(_("Order"), default=0)

    class Meta:
        verbose_name = _("Criterion of the preliminary review")
        verbose_name_plural = _("Criteria of the preliminary review")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name


@pghistory.track(exclude=["search_key"])
class IntroductionPlan(Searched, Record):
    """What is to be introduced or renewed, and what is abolished, merged or simplified first."""

    title_texts = 1

    fiscal_year = FiscalYearField(_("Fiscal year of the request"))
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="introduction_plans", verbose_name=_("Section")
    )
    title = PlainCharField(_("Title"), max_length=200)
    kind = models.CharField(_("Kind"), max_length=12, choices=PlanKind.choices)
    simplified_first = PlainTextField(_("What is abolished, merged or simplified first"), blank=True)
    proposal = models.ForeignKey(
        Proposal,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="introduction_plans",
        verbose_name=_("Budget proposal"),
    )
    priority_case = models.BooleanField(_("Priority case"), default=False)
    result = models.CharField(
        _("Preliminary review"), max_length=20, choices=PreReviewResult.choices, blank=True, editable=False
    )
    reviewed_on = models.DateField(_("Reviewed on"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("Introduction plan")
        verbose_name_plural = _("Introduction plans")
        ordering = ["unit__order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(result="") | Q(reviewed_on__isnull=False),
                name="review_result_has_day",
                violation_error_message=_("A result of the review needs its day."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def searched_texts(self) -> tuple[str, ...]:
        return (self.title, self.simplified_first)

    def get_absolute_url(self) -> str:
        return reverse("budget:plan-detail", args=[self.uid])


@pghistory.track()
class PlanPoint(models.Model):
    """The points of one criterion."""

    history_part = "plan"

    plan = models.ForeignKey(IntroductionPlan, on_delete=models.CASCADE, related_name="points")
    criterion = models.ForeignKey(
        ReviewCriterion, on_delete=models.PROTECT, related_name="+", verbose_name=_("Criterion")
    )
    points = models.PositiveSmallIntegerField(_("Points"))

    class Meta:
        verbose_name = _("Points")
        verbose_name_plural = _("Points")
        ordering = ["criterion__order"]
        constraints = [models.UniqueConstraint(fields=["plan", "criterion"], name="one_points_a_criterion")]

    def __str__(self) -> str:
        return f"{self.criterion} {self.points}"
