"""The intent survey 意向調査 in July, and the introduction plan 導入計画書 that is reviewed before the request."""

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.budget.choices import PLAN_CHIPS, PlanKind, PlanStatus, PreReviewResult, Readiness
from apps.budget.models.grant import GrantProgramme
from apps.budget.models.proposal import Proposal
from apps.core.fiscal import FiscalYearField
from apps.core.models import Record, Searched
from apps.core.text import PlainCharField, PlainTextField
from apps.hurdles.models import Hurdle
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
    grant = models.ForeignKey(
        GrantProgramme,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="intents",
        verbose_name=_("Grant programme it hopes for"),
    )
    note = PlainTextField(_("Note"), blank=True)
    proposal = models.ForeignKey(
        Proposal,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="intents",
        verbose_name=_("Budget proposal"),
    )
    plan = models.ForeignKey(
        "IntroductionPlan",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="intents",
        verbose_name=_("Introduction plan"),
    )

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
        return (self.title, self.source, self.note)

    def get_absolute_url(self) -> str:
        return reverse("budget:intent-detail", args=[self.uid])


@pghistory.track()
class ReviewCriterion(models.Model):
    """By what introduction plans are judged; points help and never decide."""

    code = models.CharField(_("Code"), max_length=20, unique=True)
    name = PlainCharField(_("Name"), max_length=100)
    explanation = PlainCharField(_("What is looked at"), max_length=300, blank=True)
    max_points = models.PositiveSmallIntegerField(_("Most points"), default=5)
    active = models.BooleanField(_("In use"), default=True)
    order = models.PositiveSmallIntegerField(_("Order"), default=0)

    class Meta:
        verbose_name = _("Criterion of the preliminary review")
        verbose_name_plural = _("Criteria of the preliminary review")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("budget:criteria-list")


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
    status = models.CharField(
        _("State"), max_length=10, choices=PlanStatus.choices, default=PlanStatus.DRAFT, editable=False
    )
    submitted_on = models.DateField(_("Handed in on"), null=True, blank=True, editable=False)
    problem = PlainTextField(_("Present state and problem"), blank=True)
    simplified_first = PlainTextField(_("What is abolished, merged or simplified first"), blank=True)
    content = PlainTextField(_("What is introduced"), blank=True)
    alternatives = PlainTextField(_("Other ways that were compared"), blank=True)
    current_system = PlainCharField(_("Present system and contract"), max_length=200, blank=True)
    current_until = models.DateField(_("Present contract ends on"), null=True, blank=True)
    current_yearly_k = models.PositiveBigIntegerField(_("Present cost a year (thousand yen)"), null=True, blank=True)
    initial_k = models.PositiveBigIntegerField(_("Initial cost (thousand yen)"), null=True, blank=True)
    running_k = models.PositiveBigIntegerField(_("Running cost a year (thousand yen)"), null=True, blank=True)
    money_words = PlainTextField(_("Sources of money"), blank=True)
    hours_saved = models.PositiveIntegerField(_("Staff hours saved a year"), null=True, blank=True)
    citizen_effect = PlainTextField(_("Effect for citizens"), blank=True)
    schedule = PlainTextField(_("Schedule"), blank=True)
    procurement = PlainCharField(_("Way of procurement"), max_length=200, blank=True)
    staffing = PlainTextField(_("Who carries it out"), blank=True)
    security = PlainTextField(_("Security and personal data"), blank=True)
    standards = PlainTextField(_("Standard systems and linked data"), blank=True)
    hurdles: "models.ManyToManyField[Hurdle, PlanHurdle]" = models.ManyToManyField(
        Hurdle, through="PlanHurdle", blank=True, related_name="introduction_plans", verbose_name=_("Hurdles")
    )
    proposal = models.ForeignKey(
        Proposal,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="introduction_plans",
        verbose_name=_("Budget proposal"),
    )
    priority_case = models.BooleanField(_("Priority case"), default=False, editable=False)
    priority_reason = PlainTextField(_("Why it is a priority case"), blank=True, editable=False)
    result = models.CharField(
        _("Preliminary review"), max_length=20, choices=PreReviewResult.choices, blank=True, editable=False
    )
    reviewed_on = models.DateField(_("Reviewed on"), null=True, blank=True, editable=False)
    review_words = PlainTextField(_("Words of the preliminary review"), blank=True, editable=False)

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
        return (self.title, self.simplified_first, self.current_system, self.problem, self.content)

    def get_absolute_url(self) -> str:
        return reverse("budget:plan-detail", args=[self.uid])

    @property
    def status_chip(self) -> str:
        """The look of its state."""
        return PLAN_CHIPS[PlanStatus(self.status)]


@pghistory.track()
class PlanPoint(models.Model):
    """The points of one criterion."""

    history_part = "plan"

    plan = models.ForeignKey(IntroductionPlan, on_delete=models.CASCADE, related_name="points")
    criterion = models.ForeignKey(
        ReviewCriterion, on_delete=models.PROTECT, related_name="points_given", verbose_name=_("Criterion")
    )
    points = models.PositiveSmallIntegerField(_("Points"))
    reason = PlainTextField(_("Reason"), blank=True)

    class Meta:
        verbose_name = _("Points")
        verbose_name_plural = _("Points")
        ordering = ["criterion__order"]
        constraints = [models.UniqueConstraint(fields=["plan", "criterion"], name="one_points_a_criterion")]

    def __str__(self) -> str:
        return f"{self.criterion} {self.points}"


@pghistory.track()
class PlanHurdle(models.Model):
    """A hurdle that an introduction plan clears; a renewal may have none."""

    history_part = "plan"

    plan = models.ForeignKey(IntroductionPlan, on_delete=models.CASCADE, related_name="hurdle_links")
    hurdle = models.ForeignKey(Hurdle, on_delete=models.PROTECT, related_name="plan_links", verbose_name=_("Hurdle"))

    class Meta:
        verbose_name = _("Hurdle")
        verbose_name_plural = _("Hurdles")
        ordering = ["hurdle__number", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "hurdle"], name="one_hurdle_a_plan")]

    def __str__(self) -> str:
        return str(self.hurdle)
