"""Lists of the budget that the secretariat edits, and the expense items 節 of each year."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import IntegerRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Func
from django.utils.translation import gettext_lazy as _

from apps.core.fiscal import FiscalYear, FiscalYearField
from apps.core.text import PlainCharField


class YearRange(Func):
    """PostgreSQL's int4range(from, to, bounds)."""

    function = "INT4RANGE"
    output_field = IntegerRangeField()


YEARS = YearRange("from_year", "to_year", RangeBoundary(inclusive_lower=True, inclusive_upper=True))


class Account(models.Model):
    """An account of the city 会計."""

    code = models.CharField(_("Code"), max_length=4, unique=True)
    name = PlainCharField(_("Name"), max_length=100)
    kind = PlainCharField(_("Kind"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("Account")
        verbose_name_plural = _("Accounts")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class BudgetItem(models.Model):
    """款・項・目 of an account: the place of a project in the budget book."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="items", verbose_name=_("Account"))
    kan = models.CharField(_("Kan (code)"), max_length=4)
    kan_name = PlainCharField(_("Kan"), max_length=100)
    kou = models.CharField(_("Kou (code)"), max_length=4)
    kou_name = PlainCharField(_("Kou"), max_length=100)
    moku = models.CharField(_("Moku (code)"), max_length=4)
    moku_name = PlainCharField(_("Moku"), max_length=100)

    class Meta:
        verbose_name = _("Budget item")
        verbose_name_plural = _("Budget items")
        ordering = ["account", "kan", "kou", "moku"]
        constraints = [models.UniqueConstraint(fields=["account", "kan", "kou", "moku"], name="one_budget_item_a_code")]

    def __str__(self) -> str:
        return f"{self.kan} {self.kan_name} › {self.kou} {self.kou_name} › {self.moku} {self.moku_name}"


class ExpenseItemQuerySet(models.QuerySet["ExpenseItem"]):
    def of(self, fiscal_year: FiscalYear) -> "ExpenseItemQuerySet":
        """The items of one year: the list changed in fiscal 2020 (平成31年総務省令第37号)."""
        return self.filter(
            models.Q(from_year__isnull=True) | models.Q(from_year__lte=fiscal_year),
            models.Q(to_year__isnull=True) | models.Q(to_year__gte=fiscal_year),
        )


class ExpenseItem(models.Model):
    """節: a kind of expense, with the number it bears in a range of years (地方自治法施行規則 別記)."""

    item_number = models.PositiveSmallIntegerField(_("Number of the expense item"))
    name = PlainCharField(_("Name"), max_length=50)
    from_year = FiscalYearField(_("From fiscal year"), null=True, blank=True)
    to_year = FiscalYearField(_("To fiscal year"), null=True, blank=True)

    objects = ExpenseItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("Expense item")
        verbose_name_plural = _("Expense items")
        ordering = ["-from_year", "item_number"]
        constraints = [
            ExclusionConstraint(
                name="one_expense_item_a_number_a_year",
                expressions=[("item_number", RangeOperators.EQUAL), (YEARS, RangeOperators.OVERLAPS)],
                violation_error_message=_("Another expense item has this number in the same years."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_number} {self.name}"


class ExpenseSubitem(models.Model):
    """細節: a usual part of an expense item, offered when cost lines are typed."""

    item_name = PlainCharField(_("Expense item"), max_length=50)
    name = PlainCharField(_("Name"), max_length=50)
    order = models.PositiveSmallIntegerField(_("Order"), default=0)

    class Meta:
        verbose_name = _("Sub-item of expense")
        verbose_name_plural = _("Sub-items of expense")
        ordering = ["item_name", "order"]
        constraints = [models.UniqueConstraint(fields=["item_name", "name"], name="one_subitem_a_name")]

    def __str__(self) -> str:
        return self.name


class BudgetStage(models.Model):
    """A stage on the way of a proposal, from drafting to the vote of the council."""

    name = PlainCharField(_("Name"), max_length=50, unique=True)
    order = models.PositiveSmallIntegerField(_("Order"), unique=True)

    class Meta:
        verbose_name = _("Budget stage")
        verbose_name_plural = _("Budget stages")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name
