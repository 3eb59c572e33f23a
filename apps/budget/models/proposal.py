"""A proposal 予算事業(要求)."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.budget.choices import UNDER_APPRAISAL, BudgetResult, FundingStatus, OwnerStance, PreReviewResult, ProposalKind
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
    project_code = models.CharField(_("Project code"), max_length=20, blank=True)
    name = PlainCharField(_("Project"), max_length=200)
    kind = models.CharField(_("Kind of request"), max_length=10, choices=ProposalKind.choices)
    requesting_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="proposals", verbose_name=_("Requesting unit")
    )
    supporting_units = models.ManyToManyField(
        Unit, blank=True, related_name="supported_proposals", verbose_name=_("Supporting units")
    )
    purpose = PlainTextField(_("Purpose"))
    outline = PlainTextField(_("Outline of the project"), blank=True)
    legal_basis = PlainTextField(_("Legal basis"), blank=True)
    team_proposal = models.BooleanField(_("Proposed by the promotion team"), default=False)
    owning_unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_proposals",
        verbose_name=_("Unit whose service it is"),
    )
    owner_stance = models.CharField(
        _("Answer of that unit"), max_length=12, choices=OwnerStance.choices, blank=True, editable=False
    )
    owner_words = PlainTextField(_("Words of that unit"), blank=True, editable=False)
    owner_answered_on = models.DateField(_("Answered on"), null=True, blank=True, editable=False)
    citizen_view = PlainTextField(_("As citizens see it"), blank=True)
    deregulation = PlainTextField(_("Special zone or deregulation that it needs"), blank=True)
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
    grant_dates_seen_on = models.DateField(
        _("Announced days of the call taken note of on"), null=True, blank=True, editable=False
    )
    if_not_adopted = PlainTextField(_("If the grant is not adopted"), blank=True)
    allocation_k = models.PositiveBigIntegerField(
        _("Special local allocation tax that is expected (thousand yen)"), null=True, blank=True
    )
    allocation_basis = PlainCharField(_("Basis of that"), max_length=300, blank=True)
    contract_plan = PlainCharField(_("Contract"), max_length=200, blank=True)
    hours_saved = models.PositiveIntegerField(_("Staff hours saved a year"), default=0)
    yen_saved = models.PositiveBigIntegerField(_("Yen saved a year"), default=0)
    citizen_hours_saved = models.PositiveIntegerField(_("Hours of citizens saved a year"), default=0)
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
    result = models.CharField(_("Result"), max_length=10, choices=BudgetResult.choices, blank=True, editable=False)
    hurdles: "models.ManyToManyField[Hurdle, ProposalHurdle]" = models.ManyToManyField(
        Hurdle, through="ProposalHurdle", blank=True, related_name="proposals", verbose_name=_("Hurdles")
    )

    class Meta:
        verbose_name = _("Budget proposal")
        verbose_name_plural = _("Budget proposals")
        ordering = ["fiscal_year", "budget_item", "project_code"]
        triggers = [balance_trigger("id")]
        constraints = [
            models.UniqueConstraint(
                fields=["fiscal_year", "project_code"],
                condition=~Q(project_code=""),
                name="one_proposal_a_project_code_a_year",
                violation_error_message=_("Another proposal of the year has this project code."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def searched_texts(self) -> tuple[str, ...]:
        return (self.number or "", self.project_code, self.name, self.purpose)

    def get_absolute_url(self) -> str:
        return reverse("budget:proposal-detail", args=[self.address])

    @property
    def grants_counted_on(self) -> list[GrantProgramme]:
        """The call that it names; where it names none, those from which its sources come."""
        if self.grant:
            return [self.grant]
        grants = [row.grant for row in self.fundings.all() if row.status != FundingStatus.REJECTED]
        return list(dict.fromkeys(grant for grant in grants if grant is not None))

    @property
    def stage_kind(self) -> str:
        """What its stage means: the state of its flow."""
        return self.stage.kind

    def get_stage_kind_display(self) -> str:
        """The stage in a sentence that anybody may read: which stage of the appraisal it is is not said."""
        return str(_("Under appraisal")) if self.stage.kind in UNDER_APPRAISAL else self.stage.name


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
    held = models.BooleanField(_("On hold"), default=False)
    comment = PlainTextField(_("Comment"), blank=True)

    class Meta:
        verbose_name = _("Stage reached")
        verbose_name_plural = _("Stages reached")
        ordering = ["date", "pk"]
        triggers = [pgtrigger.Protect(name="stage_is_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

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
    host_code = models.CharField(_("Code of the project that holds the line"), max_length=20, blank=True)
    request_k = models.PositiveBigIntegerField(_("Request (thousand yen)"))
    assessed_k = models.PositiveBigIntegerField(_("Appraised (thousand yen)"))

    class Meta:
        verbose_name = _("Appraised expense item")
        verbose_name_plural = _("Appraised expense items")
        ordering = ["expense_item__item_number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "host_code", "expense_item", "subitem"], name="one_amount_an_item_a_stage_a_host"
            )
        ]
        triggers = [pgtrigger.Protect(name="stage_amount_is_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.expense_item} {self.assessed_k}"
