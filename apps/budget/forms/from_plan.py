"""The form that turns one year of a training plan into a draft proposal."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.models import BudgetItem, ExpenseItem
from apps.budget.selectors.from_plan import YearOfPlan
from apps.core.fiscal import FiscalYear
from apps.core.money import number

# 委託料, from which most training is paid.
USUAL_EXPENSE = 12


class FromPlanForm(forms.Form):
    """Which year, and where in the budget book it stands."""

    year = forms.ChoiceField(label=gettext_lazy("Fiscal year"), widget=forms.RadioSelect)
    budget_item = forms.ModelChoiceField(
        label=gettext_lazy("Budget item"),
        queryset=BudgetItem.objects.select_related("account"),
        empty_label=gettext_lazy("Not chosen"),
    )
    expense_item = forms.ModelChoiceField(
        label=gettext_lazy("Expense item"),
        queryset=ExpenseItem.objects.none(),
        empty_label=gettext_lazy("Not chosen"),
    )

    def __init__(
        self, data: Any = None, *, years: Sequence[YearOfPlan], item: BudgetItem | None, **kwargs: Any
    ) -> None:
        expenses = ExpenseItem.objects.of(max(each.year for each in years)) if years else ExpenseItem.objects.none()
        usual = expenses.filter(item_number=USUAL_EXPENSE).first()
        first = next((each for each in years if each.proposal is None), None)
        initial = {"year": str(int(first.year)) if first else None, "budget_item": item, "expense_item": usual}
        super().__init__(data, initial=initial, **kwargs)
        chosen: Any = self.fields["year"]
        chosen.choices = [(str(int(each.year)), _said(each)) for each in years]
        self.fields["expense_item"].queryset = expenses.order_by("item_number")  # type: ignore[attr-defined]
        self.helper = FormHelper(self)
        self.helper.form_tag = False

    def fiscal_year(self) -> FiscalYear:
        return FiscalYear(int(self.cleaned_data["year"]))


def _said(each: YearOfPlan) -> str:
    """The year with its cost, and that it is asked for already."""
    words = {"year": each.year, "cost": number(each.cost_k)}
    if each.proposal:
        return _("%(year)s: %(cost)s thousand yen (asked for already)") % words
    return _("%(year)s: %(cost)s thousand yen") % words
