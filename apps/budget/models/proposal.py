"""A proposal 予算事業(要求)."""

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.budget.choices import PreReviewResult, ProposalKind
from apps.budget.models.balance import balance_trigger
from apps.budget.models.grant import GrantProgramme
from apps.budget.models.lists import BudgetItem, BudgetStage, ExpenseItem
from apps.core.fiscal import FiscalYearField
from apps.core.models import NumberedRecord, Searched, SourcedModel
from apps.core.text import PlainCharField, PlainTextField
from apps.hurdles.models import Hurdle
from apps.organization.models import Unit, User


@pghistory.track(exclude=["search_key"])
class Proposal(Searched, NumberedRecord):
    """What one unit asks for one project in one fiscal year.

    `general_k` is 一般財源 in 千円: computed as the request less the other sources, never typed, never negative.
    """

    title_texts = 3

    fiscal_year = FiscalYearField(_("Fiscal year"))
    budget_item = models.ForeignKey(
        BudgetItem, on_delete=models.PROTECT, related_name="proposals", verbose_name=_("Budget item")
    )
    project_code = models.CharField(_("Project code"), max_length=20)
    name = PlainCharField(_("Project"), max_length=200)
    kind = models.CharField(_("Kind of request"), max_length=10, choices=ProposalKind.choices)
    requesting_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="proposals", verbose_name=_("Requesting unit")
    )
    supporting_units = models.ManyToManyField(
        Unit, blank=True, related_name="supported_proposals", verbose_name=_("Supporting units")
    )
    purpose = PlainTextField(_("Purpose"))
    stage = models.ForeignKey(BudgetStage, on_delete=models.PROTECT, related_name="proposals", verbose_name=_("Stage"))
    general_k = models.PositiveBigIntegerField(_("General revenue (thousand yen)"), default=0)
    grant = models.ForeignKey(
        GrantProgramme,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("Grant programme"),
    )
    if_not_adopted = PlainTextField(_("If the grant is not adopted"), blank=True)
    contract_plan = PlainCharField(_("Contract"), max_length=200, blank=True)
    hours_saved = models.PositiveIntegerField(_("Staff hours saved a year"), default=0)
    citizen_effect = PlainTextField(_("Effect for citizens"), blank=True)
    indicator = PlainCharField(_("Outcome indicator"), max_length=200, blank=True)
    payback_years = models.DecimalField(
        _("Years until it pays back"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    pre_review_on = models.DateField(_("Handed in for preliminary review"), null=True, blank=True)
    pre_review_result = models.CharField(
        _("Preliminary review"), max_length=20, choices=PreReviewResult.choices, blank=True
    )
    pre_review_comment = PlainTextField(_("Words of the preliminary review"), blank=True)
    hurdles: "models.ManyToManyField[Hurdle, ProposalHurdle]" = models.ManyToManyField(
        Hurdle, through="ProposalHurdle", blank=True, related_name="proposals", verbose_name=_("Hurdles")
    )

    class Meta:
        verbose_name = _("Budget proposal")
        verbose_name_plural = _("Budget proposals")
        ordering = ["fiscal_year", "budget_item", "project_code"]
        triggers = [balance_trigger("id")]
        constraints = [
            models.UniqueConstraint(fields=["fiscal_year", "project_code"], name="one_proposal_a_project_a_year")
        ]

    def __str__(self) -> str:
        return self.name

    def searched_texts(self) -> tuple[str, ...]:
        return (self.number or "", self.project_code, self.name, self.purpose)

    def get_absolute_url(self) -> str:
        return reverse("budget:proposal-detail", args=[self.address])


@pghistory.track()
class ProposalHurdle(models.Model):
    """A hurdle that a proposal serves."""

    history_part = "proposal"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="hurdle_links")
    hurdle = models.ForeignKey(
        Hurdle, on_delete=models.PROTECT, related_name="proposal_links", verbose_name=_("Hurdle")
    )

    class Meta:
        verbose_name = _("Hurdle")
        verbose_name_plural = _("Hurdles")
        constraints = [models.UniqueConstraint(fields=["proposal", "hurdle"], name="one_hurdle_a_proposal")]

    def __str__(self) -> str:
        return str(self.hurdle)


@pghistory.track()
class StageEntry(SourcedModel):
    """The day on which a proposal reached a stage, with the amount and the words of that day; kept for ever."""

    history_part = "proposal"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="stage_entries")
    stage = models.ForeignKey(BudgetStage, on_delete=models.PROTECT, related_name="+", verbose_name=_("Stage"))
    date = models.DateField(_("Date"))
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("By"))
    amount_k = models.PositiveBigIntegerField(_("Amount (thousand yen)"))
    comment = PlainTextField(_("Comment"), blank=True)

    class Meta:
        verbose_name = _("Stage reached")
        verbose_name_plural = _("Stages reached")
        ordering = ["date", "pk"]

    def __str__(self) -> str:
        return f"{self.stage} {self.date}"


@pghistory.track()
class StageAmount(models.Model):
    """What one 節 was asked and granted at a stage, in 千円; a stage without lines repeats the one before it."""

    history_part = "entry"

    entry = models.ForeignKey(StageEntry, on_delete=models.CASCADE, related_name="amounts")
    expense_item = models.ForeignKey(
        ExpenseItem, on_delete=models.PROTECT, related_name="+", verbose_name=_("Expense item")
    )
    subitem = PlainCharField(_("Sub-item"), max_length=100, blank=True)
    request_k = models.PositiveBigIntegerField(_("Request (thousand yen)"))
    assessed_k = models.PositiveBigIntegerField(_("Appraised (thousand yen)"))

    class Meta:
        verbose_name = _("Appraised expense item")
        verbose_name_plural = _("Appraised expense items")
        ordering = ["expense_item__item_number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "expense_item", "subitem"], name="one_amount_an_item_a_stage")
        ]

    def __str__(self) -> str:
        return f"{self.expense_item} {self.assessed_k}"
