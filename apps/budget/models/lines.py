"""The lines of a proposal. Cost lines are in yen; from the request line on everything is in 千円."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.budget.choices import CostKind, FundingStatus, Source
from apps.budget.models.balance import balance_trigger
from apps.budget.models.lists import ExpenseItem
from apps.budget.models.proposal import Proposal
from apps.core.fiscal import FiscalYearField
from apps.core.text import PlainCharField


@pghistory.track()
class RequestLine(models.Model):
    """節: the sum of its cost lines, rounded once to 千円 by the rule of the year."""

    history_part = "proposal"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="request_lines")
    expense_item = models.ForeignKey(
        ExpenseItem, on_delete=models.PROTECT, related_name="request_lines", verbose_name=_("Expense item")
    )
    subitem = PlainCharField(_("Sub-item"), max_length=100, blank=True)
    request_k = models.PositiveBigIntegerField(_("Request (thousand yen)"))
    previous_initial_k = models.PositiveBigIntegerField(
        _("Initial budget of the previous year (thousand yen)"), default=0
    )
    order = models.PositiveSmallIntegerField(_("Order"), default=0)

    class Meta:
        verbose_name = _("Request line")
        verbose_name_plural = _("Request lines")
        ordering = ["order", "pk"]
        triggers = [balance_trigger("proposal_id")]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "expense_item", "subitem"], name="one_request_line_an_item")
        ]

    def __str__(self) -> str:
        return f"{self.expense_item} {self.subitem}".strip()


@pghistory.track()
class CostLine(models.Model):
    """積算: quantity × unit price × months in yen. The unit price may have decimals, the amount is an integer."""

    request_line = models.ForeignKey(RequestLine, on_delete=models.CASCADE, related_name="cost_lines")
    description = PlainCharField(_("Description"), max_length=200)
    unit_price_yen = models.DecimalField(_("Unit price (yen)"), max_digits=14, decimal_places=2)
    quantity = models.DecimalField(_("Quantity"), max_digits=12, decimal_places=2)
    unit = PlainCharField(_("Unit of quantity"), max_length=20, blank=True)
    months = models.PositiveSmallIntegerField(_("Months"), default=1)
    amount_yen = models.PositiveBigIntegerField(_("Amount (yen)"))
    kind = models.CharField(_("Kind of cost"), max_length=10, choices=CostKind.choices)
    eligible = models.BooleanField(_("Eligible for the grant"), default=False)
    order = models.PositiveSmallIntegerField(_("Order"), default=0)

    class Meta:
        verbose_name = _("Cost line")
        verbose_name_plural = _("Cost lines")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                # Below one yen the product is cut off (円未満切捨て), as in apps.core.money.
                condition=Q(amount_yen__lte=F("unit_price_yen") * F("quantity") * F("months"))
                & Q(amount_yen__gt=F("unit_price_yen") * F("quantity") * F("months") - 1),
                name="cost_line_amount_is_the_product",
                violation_error_message=_("The amount is unit price × quantity × months."),
            ),
            models.CheckConstraint(
                condition=Q(unit_price_yen__gte=0, quantity__gte=0),
                name="cost_line_not_negative",
                violation_error_message=_("Unit price and quantity cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return self.description


@pghistory.track()
class Funding(models.Model):
    """One source of money in 千円. General revenue has no row: it is what remains."""

    history_part = "proposal"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="fundings")
    source = models.CharField(_("Source of money"), max_length=12, choices=Source.choices)
    name = PlainCharField(_("Name"), max_length=200)
    amount_k = models.PositiveBigIntegerField(_("Amount (thousand yen)"))
    basis = PlainCharField(_("Basis"), max_length=300, blank=True)
    bond_base_k = models.PositiveBigIntegerField(_("Base of the bond (thousand yen)"), null=True, blank=True)
    bond_percent = models.PositiveSmallIntegerField(_("Percent of the base"), null=True, blank=True)
    status = models.CharField(_("State"), max_length=10, choices=FundingStatus.choices, default=FundingStatus.ASSUMED)
    order = models.PositiveSmallIntegerField(_("Order"), default=0)

    class Meta:
        verbose_name = _("Funding")
        verbose_name_plural = _("Fundings")
        ordering = ["order", "pk"]
        triggers = [balance_trigger("proposal_id")]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class DebtBurden(models.Model):
    """債務負担行為: what later years are bound to pay, at the most."""

    history_part = "proposal"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="debt_burdens")
    item = PlainCharField(_("Item"), max_length=200)
    from_year = FiscalYearField(_("From fiscal year"))
    to_year = FiscalYearField(_("To fiscal year"))
    limit_k = models.PositiveBigIntegerField(_("Limit (thousand yen)"))

    class Meta:
        verbose_name = _("Debt burden")
        verbose_name_plural = _("Debt burdens")
        ordering = ["from_year", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(from_year__lte=F("to_year")), name="debt_burden_years_in_order")
        ]

    def __str__(self) -> str:
        return self.item


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
