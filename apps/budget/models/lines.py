"""The lines of a proposal. Cost lines are in yen; from the request line on everything is in 千円."""

from typing import Any

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from apps.budget.choices import CostKind, FundingStatus, IfNotAdopted, Source
from apps.budget.models.balance import balance_trigger
from apps.budget.models.grant import GrantProgramme
from apps.budget.models.lists import BudgetItem, ExpenseItem, RevenueItem
from apps.budget.models.proposal import Proposal
from apps.core.money import number
from apps.core.text import PlainCharField
from apps.organization.models import Unit


@pghistory.track()
class RequestLine(models.Model):
    """節: the sum of its cost lines, rounded once to 千円 by the rule of the year (per 節 or per 細節).

    A line may stand inside the 事業 of another section (うちDX分): then `host_code` names that project.
    """

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
    settled_k = models.PositiveBigIntegerField(
        _("Settled account of the year before last (thousand yen)"), null=True, blank=True
    )
    current_k = models.PositiveBigIntegerField(
        _("Budget of the previous year with supplements (thousand yen)"), null=True, blank=True
    )
    host_code = models.CharField(_("Code of the project that holds the line"), max_length=20, blank=True)
    host_name = PlainCharField(_("Project that holds the line"), max_length=200, blank=True)
    host_item = models.ForeignKey(
        BudgetItem,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Budget item of the project that holds the line"),
    )
    host_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Unit of that project")
    )
    order = models.PositiveSmallIntegerField(_("Order"), default=0)

    class Meta:
        verbose_name = _("Request line")
        verbose_name_plural = _("Request lines")
        ordering = ["order", "pk"]
        triggers = [balance_trigger("proposal_id")]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "host_code", "expense_item", "subitem"], name="one_request_line_an_item_a_host"
            )
        ]

    def __str__(self) -> str:
        return f"{self.expense_item} {self.subitem}".strip()


# 100 times the amount with tax.
_TAXED = F("unit_price_yen") * F("quantity") * F("months") * (F("tax_percent") + 100)


@pghistory.track()
class CostLine(models.Model):
    """積算: unit price × quantity × months, and the tax where the price is without it, in yen.

    The unit price may have decimals, the amount is an integer.
    """

    history_part = "request_line"
    history_told_by = ("description",)
    history_silent = ("order",)

    request_line = models.ForeignKey(RequestLine, on_delete=models.CASCADE, related_name="cost_lines")
    description = PlainCharField(_("Description"), max_length=200)
    subitem = PlainCharField(_("Sub-item"), max_length=100, blank=True)
    unit_price_yen = models.DecimalField(_("Unit price (yen)"), max_digits=14, decimal_places=2)
    quantity = models.DecimalField(_("Quantity"), max_digits=12, decimal_places=2)
    unit = PlainCharField(_("Unit of quantity"), max_length=20, blank=True)
    months = models.PositiveSmallIntegerField(_("Months"), default=1)
    tax_percent = models.PositiveSmallIntegerField(
        _("Tax to add (%)"), default=0, help_text=_("0 where the unit price includes tax.")
    )
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
                # In hundredths, so that the tax stays exact.
                condition=Q(amount_yen__lte=_TAXED / 100) & Q(amount_yen__gt=_TAXED / 100 - 1),
                name="cost_line_amount_is_the_product_with_tax",
                violation_error_message=_("The amount is unit price × quantity × months, with tax."),
            ),
            models.CheckConstraint(
                condition=Q(tax_percent__lte=100),
                name="cost_line_tax_at_most_all",
                violation_error_message=_("The tax is a percentage from 0 to 100."),
            ),
            models.CheckConstraint(
                condition=Q(unit_price_yen__gte=0, quantity__gte=0),
                name="cost_line_not_negative",
                violation_error_message=_("Unit price and quantity cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return self.description

    @staticmethod
    def described(row: Any) -> str:
        """A row, or what the history kept of it, in a few words."""
        product = [f"{number(row.unit_price_yen.normalize())}", f"{number(row.quantity.normalize())}{row.unit}"]
        if row.months != 1:
            product.append(ngettext("%(months)d month", "%(months)d months", row.months) % {"months": row.months})
        tax = _("+%(percent)s%%") % {"percent": row.tax_percent} if row.tax_percent else ""
        amount = _("%(amount)s yen") % {"amount": number(row.amount_yen)}
        return f"{row.description} {' × '.join(product)}{tax} = {amount}"


@pghistory.track()
class Funding(models.Model):
    """One source of money in 千円. General revenue has no row: it is what remains."""

    history_part = "proposal"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="fundings")
    source = models.CharField(_("Source of money"), max_length=12, choices=Source.choices)
    name = PlainCharField(_("Name"), max_length=200)
    amount_k = models.PositiveBigIntegerField(_("Amount (thousand yen)"))
    basis = PlainCharField(_("Basis"), max_length=300, blank=True)
    grant = models.ForeignKey(
        GrantProgramme,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="fundings",
        verbose_name=_("Grant programme"),
    )
    revenue_item = models.ForeignKey(
        RevenueItem,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="fundings",
        verbose_name=_("Revenue item"),
    )
    eligible_yen = models.PositiveBigIntegerField(
        _("Eligible cost (yen)"), null=True, blank=True, help_text=_("Empty: the cost lines marked as eligible.")
    )
    rate_numerator = models.PositiveSmallIntegerField(_("Rate (numerator)"), null=True, blank=True)
    rate_denominator = models.PositiveSmallIntegerField(_("Rate (denominator)"), null=True, blank=True)
    cap_k = models.PositiveBigIntegerField(_("Cap (thousand yen)"), null=True, blank=True)
    floor_k = models.PositiveBigIntegerField(_("Floor (thousand yen)"), null=True, blank=True)
    if_not_adopted = models.CharField(
        _("If it is not adopted"), max_length=15, choices=IfNotAdopted.choices, blank=True
    )
    fallback_k = models.PositiveBigIntegerField(
        _("Request that remains if it is not adopted (thousand yen)"), null=True, blank=True
    )
    bond_base_k = models.PositiveBigIntegerField(_("Base of the bond (thousand yen)"), null=True, blank=True)
    bond_percent = models.PositiveSmallIntegerField(_("Percent of the base"), null=True, blank=True)
    status = models.CharField(_("State"), max_length=10, choices=FundingStatus.choices, default=FundingStatus.ASSUMED)
    status_on = models.DateField(_("In this state since"), null=True, blank=True, editable=False)
    status_words = PlainCharField(_("Words about the state"), max_length=300, blank=True, editable=False)
    settled_on = models.DateField(
        _("What becomes of it without this money was settled on"), null=True, blank=True, editable=False
    )
    order = models.PositiveSmallIntegerField(_("Order"), default=0)

    class Meta:
        verbose_name = _("Funding")
        verbose_name_plural = _("Fundings")
        ordering = ["order", "pk"]
        triggers = [balance_trigger("proposal_id")]
        constraints = [
            models.CheckConstraint(
                condition=Q(rate_numerator__isnull=True, rate_denominator__isnull=True)
                | Q(rate_denominator__gt=0, rate_numerator__lte=F("rate_denominator")),
                name="funding_rate_at_most_one",
                violation_error_message=_("A rate lies between 0 and 1."),
            ),
            models.CheckConstraint(
                condition=Q(bond_percent__isnull=True) | Q(bond_percent__lte=100),
                name="funding_bond_at_most_its_base",
                violation_error_message=_("A bond is at most its base."),
            ),
            models.CheckConstraint(
                condition=~Q(source__in=[Source.NATIONAL, Source.PREFECTURE]) | ~Q(if_not_adopted=""),
                name="funding_says_what_if_not_adopted",
                violation_error_message=_(
                    "For money of the nation or the prefecture, say what happens where it is not adopted."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def requesting_unit_id(self) -> int:
        """Whose it is, for those who are asked what they may do with it."""
        return self.proposal.requesting_unit_id

    @property
    def is_at_risk(self) -> bool:
        """Whether it may still not come: money that somebody else decides on, and has not granted."""
        return bool(self.if_not_adopted) and self.status != FundingStatus.GRANTED
