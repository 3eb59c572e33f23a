"""What binds later years: debt burdens, continuing costs, long contracts, money carried over, and running costs."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.budget.models.proposal import Proposal
from apps.core.fiscal import FiscalYearField
from apps.core.text import PlainCharField

# What is paid by others than the city; general revenue is what remains.
SOURCES_K = F("national_k") + F("prefecture_k") + F("bond_k") + F("other_k")


def _left_of(whole_k: int, row: "DebtBurden | ContinuingYear") -> int:
    return whole_k - row.national_k - row.prefecture_k - row.bond_k - row.other_k


@pghistory.track()
class DebtBurden(models.Model):
    """債務負担行為: what later years are bound to pay, at the most."""

    history_part = "proposal"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="debt_burdens")
    item = PlainCharField(_("Item"), max_length=200)
    from_year = FiscalYearField(_("From fiscal year"))
    to_year = FiscalYearField(_("To fiscal year"))
    limit_k = models.PositiveBigIntegerField(_("Limit (thousand yen)"))
    national_k = models.PositiveBigIntegerField(_("National subsidy (thousand yen)"), default=0)
    prefecture_k = models.PositiveBigIntegerField(_("Prefectural subsidy (thousand yen)"), default=0)
    bond_k = models.PositiveBigIntegerField(_("Municipal bond (thousand yen)"), default=0)
    other_k = models.PositiveBigIntegerField(_("Other sources (thousand yen)"), default=0)
    reason = PlainCharField(_("Reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Debt burden")
        verbose_name_plural = _("Debt burdens")
        ordering = ["from_year", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(from_year__lte=F("to_year")), name="debt_burden_years_in_order"),
            models.CheckConstraint(
                condition=Q(limit_k__gte=SOURCES_K),
                name="debt_burden_sources_within_its_limit",
                violation_error_message=_("The sources are more than the limit."),
            ),
        ]

    def __str__(self) -> str:
        return self.item

    @property
    def general_k(self) -> int:
        """General revenue of the limit in 千円: what the other sources leave."""
        return _left_of(self.limit_k, self)


@pghistory.track()
class FutureCost(models.Model):
    """What the project costs to run in a later year, in 千円."""

    history_part = "proposal"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="future_costs")
    fiscal_year = FiscalYearField(_("Fiscal year"))
    amount_k = models.PositiveBigIntegerField(_("Amount (thousand yen)"))

    class Meta:
        verbose_name = _("Cost of a later year")
        verbose_name_plural = _("Costs of later years")
        ordering = ["fiscal_year"]
        constraints = [models.UniqueConstraint(fields=["proposal", "fiscal_year"], name="one_future_cost_a_year")]

    def __str__(self) -> str:
        return f"{self.fiscal_year}: {self.amount_k}"


@pghistory.track()
class ContinuingCost(models.Model):
    """継続費: the total of a project over years, voted with its yearly shares (地方自治法第212条)."""

    history_part = "proposal"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="continuing_costs")
    item = PlainCharField(_("Item"), max_length=200)
    reason = PlainCharField(_("Reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Continuing cost")
        verbose_name_plural = _("Continuing costs")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.item


@pghistory.track()
class ContinuingYear(models.Model):
    """年割額: the share of one year, in 千円, and who pays it; general revenue is what remains."""

    history_part = "cost"

    cost = models.ForeignKey(ContinuingCost, on_delete=models.CASCADE, related_name="years")
    fiscal_year = FiscalYearField(_("Fiscal year"))
    amount_k = models.PositiveBigIntegerField(_("Amount (thousand yen)"))
    national_k = models.PositiveBigIntegerField(_("National subsidy (thousand yen)"), default=0)
    prefecture_k = models.PositiveBigIntegerField(_("Prefectural subsidy (thousand yen)"), default=0)
    bond_k = models.PositiveBigIntegerField(_("Municipal bond (thousand yen)"), default=0)
    other_k = models.PositiveBigIntegerField(_("Other sources (thousand yen)"), default=0)

    class Meta:
        verbose_name = _("Yearly share")
        verbose_name_plural = _("Yearly shares")
        ordering = ["fiscal_year"]
        constraints = [
            models.UniqueConstraint(fields=["cost", "fiscal_year"], name="one_share_a_year"),
            models.CheckConstraint(
                condition=Q(amount_k__gte=SOURCES_K),
                name="share_sources_within_its_amount",
                violation_error_message=_("The sources are more than the amount."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year}: {self.amount_k}"

    @property
    def general_k(self) -> int:
        """General revenue of the year in 千円: what the other sources leave."""
        return _left_of(self.amount_k, self)


@pghistory.track()
class LongTermContract(models.Model):
    """長期継続契約: no debt burden is needed; the city's own ordinance says for what (法第234条の3)."""

    history_part = "proposal"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="long_contracts")
    item = PlainCharField(_("Item"), max_length=200)
    from_year = FiscalYearField(_("From fiscal year"))
    to_year = FiscalYearField(_("To fiscal year"))
    yearly_k = models.PositiveBigIntegerField(_("Amount a year (thousand yen)"))
    legal_basis = PlainCharField(_("Article of the ordinance"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("Long-term contract")
        verbose_name_plural = _("Long-term contracts")
        ordering = ["from_year", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(from_year__lte=F("to_year")), name="long_contract_years_in_order")
        ]

    def __str__(self) -> str:
        return self.item


@pghistory.track()
class Carryover(models.Model):
    """繰越明許費: what is budgeted in the year and may be spent in the next (地方自治法第213条)."""

    history_part = "proposal"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="carryovers")
    item = PlainCharField(_("Item"), max_length=200)
    spent_in = FiscalYearField(_("Spent in fiscal year"))
    amount_k = models.PositiveBigIntegerField(_("Amount (thousand yen)"))
    reason = PlainCharField(_("Reason"), max_length=300)

    class Meta:
        verbose_name = _("Carried over")
        verbose_name_plural = _("Carried over")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.item
