"""Lists of the budget that the secretariat edits, and the expense items 節 of each year."""

from typing import Self, TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import IntegerRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Func
from django.utils.translation import gettext_lazy as _

from apps.budget.choices import Source, StageKind
from apps.core.fiscal import FiscalYear, FiscalYearField
from apps.core.text import PlainCharField


class YearRange(Func):
    """PostgreSQL's int4range(from, to, bounds)."""

    function = "INT4RANGE"
    output_field = IntegerRangeField()


YEARS = YearRange("from_year", "to_year", RangeBoundary(inclusive_lower=True, inclusive_upper=True))


Row = TypeVar("Row", bound=models.Model)


class OfYearQuerySet(models.QuerySet[Row]):
    """Rows that hold in a range of years."""

    def of(self, fiscal_year: FiscalYear) -> Self:
        """The rows of one year: of the expense items, say, the list changed in fiscal 2020 (平成31年総務省令第37号)."""
        return self.filter(
            models.Q(from_year__isnull=True) | models.Q(from_year__lte=fiscal_year),
            models.Q(to_year__isnull=True) | models.Q(to_year__gte=fiscal_year),
        )


def used_levels(item: models.Model, *names: str) -> list[tuple[str, str]]:
    """Code and name of each level of the book that has a code, in the order of `names`."""
    every = [(getattr(item, name), getattr(item, f"{name}_name")) for name in names]
    return [(code, name) for code, name in every if code]


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
    """款・項・目 of an account: the place of a project in the budget book.

    An account may stop at 款 or 項 (公営企業会計), and a city may have one more level between 目 and 事業
    (大事業); a code that is empty is a level that is not used. The list of a year follows from the range of years.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="items", verbose_name=_("Account"))
    kan = models.CharField(_("Kan (code)"), max_length=4)
    kan_name = PlainCharField(_("Kan"), max_length=100)
    kou = models.CharField(_("Kou (code)"), max_length=4, blank=True)
    kou_name = PlainCharField(_("Kou"), max_length=100, blank=True)
    moku = models.CharField(_("Moku (code)"), max_length=4, blank=True)
    moku_name = PlainCharField(_("Moku"), max_length=100, blank=True)
    group = models.CharField(_("Group of projects (code)"), max_length=8, blank=True)
    group_name = PlainCharField(_("Group of projects"), max_length=100, blank=True)
    from_year = FiscalYearField(_("From fiscal year"), null=True, blank=True)
    to_year = FiscalYearField(_("To fiscal year"), null=True, blank=True)

    objects = OfYearQuerySet["BudgetItem"].as_manager()

    class Meta:
        verbose_name = _("Budget item")
        verbose_name_plural = _("Budget items")
        ordering = ["account", "kan", "kou", "moku", "group"]
        constraints = [
            ExclusionConstraint(
                name="one_budget_item_a_code_a_year",
                expressions=[
                    *((name, RangeOperators.EQUAL) for name in ("account", "kan", "kou", "moku", "group")),
                    (YEARS, RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Another budget item has these codes in the same years."),
            ),
            models.CheckConstraint(
                condition=models.Q(moku="") | ~models.Q(kou=""),
                name="budget_item_skips_no_level",
                violation_error_message=_("A moku stands below a kou."),
            ),
        ]

    def __str__(self) -> str:
        return " › ".join(f"{code} {name}" for code, name in self.levels)

    @property
    def levels(self) -> list[tuple[str, str]]:
        """Code and name of every level that is used, from 款 down."""
        return used_levels(self, "kan", "kou", "moku", "group")


class ExpenseItem(models.Model):
    """節: a kind of expense, with the number it bears in a range of years (地方自治法施行規則 別記)."""

    item_number = models.PositiveSmallIntegerField(_("Number of the expense item"))
    name = PlainCharField(_("Name"), max_length=50)
    from_year = FiscalYearField(_("From fiscal year"), null=True, blank=True)
    to_year = FiscalYearField(_("To fiscal year"), null=True, blank=True)

    objects = OfYearQuerySet["ExpenseItem"].as_manager()

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


class ExpenseHint(models.Model):
    """Where a city books what: a word that is found in a description, and the 節 that is usual for it."""

    words = PlainCharField(_("Words in the description"), max_length=200, help_text=_("Separated by 、"))
    item_name = PlainCharField(_("Usual expense item"), max_length=50)
    subitem_name = PlainCharField(_("Usual sub-item"), max_length=50, blank=True)
    advice = PlainCharField(_("Advice"), max_length=300)
    order = models.PositiveSmallIntegerField(_("Order"), default=0)

    class Meta:
        verbose_name = _("Hint for cost lines")
        verbose_name_plural = _("Hints for cost lines")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.words} → {self.item_name}"


class RevenueItem(models.Model):
    """款・項・目・節・細節 of revenue 歳入: where money of nation and prefecture is asked for."""

    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="revenue_items", verbose_name=_("Account")
    )
    source = models.CharField(_("Source of money"), max_length=12, choices=Source.choices)
    kan = models.CharField(_("Kan (code)"), max_length=4)
    kan_name = PlainCharField(_("Kan"), max_length=100)
    kou = models.CharField(_("Kou (code)"), max_length=4, blank=True)
    kou_name = PlainCharField(_("Kou"), max_length=100, blank=True)
    moku = models.CharField(_("Moku (code)"), max_length=4, blank=True)
    moku_name = PlainCharField(_("Moku"), max_length=100, blank=True)
    setsu = models.CharField(_("Setsu (code)"), max_length=4, blank=True)
    setsu_name = PlainCharField(_("Setsu"), max_length=100, blank=True)
    from_year = FiscalYearField(_("From fiscal year"), null=True, blank=True)
    to_year = FiscalYearField(_("To fiscal year"), null=True, blank=True)

    objects = OfYearQuerySet["RevenueItem"].as_manager()

    class Meta:
        verbose_name = _("Revenue item")
        verbose_name_plural = _("Revenue items")
        ordering = ["account", "kan", "kou", "moku", "setsu"]
        constraints = [
            ExclusionConstraint(
                name="one_revenue_item_a_code_a_year",
                expressions=[
                    *((name, RangeOperators.EQUAL) for name in ("account", "kan", "kou", "moku", "setsu")),
                    (YEARS, RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Another revenue item has these codes in the same years."),
            )
        ]

    def __str__(self) -> str:
        return " › ".join(f"{code} {name}" for code, name in self.levels)

    @property
    def levels(self) -> list[tuple[str, str]]:
        """Code and name of every level that is used, from 款 down."""
        return used_levels(self, "kan", "kou", "moku", "setsu")


class BudgetStage(models.Model):
    """A stage on the way of a proposal, from drafting to the vote of the council."""

    name = PlainCharField(_("Name"), max_length=50, unique=True)
    order = models.PositiveSmallIntegerField(_("Order"), unique=True)
    kind = models.CharField(_("What the stage means"), max_length=20, choices=StageKind.choices, blank=True)

    class Meta:
        verbose_name = _("Budget stage")
        verbose_name_plural = _("Budget stages")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name
