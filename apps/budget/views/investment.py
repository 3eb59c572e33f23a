"""The year's proposals as investments: what they cost over five years, who pays, what comes back."""

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.filters.investment import InvestmentFilter
from apps.budget.models import BudgetYear
from apps.budget.selectors import not_withdrawn, proposal_list, request_year, request_years
from apps.budget.selectors.own_share import investment_sums, own_share_by_year, with_investment
from apps.budget.tables.investment import InvestmentTable
from apps.budget.views.crumbs import budget_crumbs
from apps.core.fiscal import FiscalYear
from apps.core.money import number
from apps.core.pages import ListPage
from apps.core.pages.base import Crumbs


class InvestmentList(ListPage):
    """Not a cost but an investment?"""

    permission = "budget.view_investment"
    title = gettext_lazy("The budget as an investment")
    table_class = InvestmentTable
    filterset_class = InvestmentFilter
    template_name = "budget/investment_list.html"
    file_name = "budget-investment"
    empty_title = gettext_lazy("No proposal matches.")
    empty_text = gettext_lazy("You see the proposals that are open to you.")

    def get_queryset(self) -> QuerySet[Any]:
        return with_investment(not_withdrawn(proposal_list(self.request.user)))

    def crumbs(self) -> Crumbs:
        return budget_crumbs((self.title, None))

    @cached_property
    def year(self) -> FiscalYear:
        """The year that was asked for; of one that the filter does not offer the list says so, and shows the usual."""
        asked = self.request.GET.get("year", "")
        return next((year for year in request_years() if str(int(year)) == asked), request_year())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = kwargs["rows"]
        sums, years = investment_sums(rows), own_share_by_year(rows, self.year)
        hour = BudgetYear.objects.filter(fiscal_year=self.year).first()
        return super().get_context_data(
            year=self.year,
            sums=sums,
            hour=hour if hour and hour.hour_yen is not None else None,
            years=[_bar(each, max(without for _year, _with, without in years)) for each in years],
            years_total=(sum(row[1] for row in years), sum(row[2] for row in years)),
            **kwargs,
        )

    def notes(self, rows: QuerySet[Any]) -> list[str]:
        sums = investment_sums(rows)
        return [
            _("All pages: five years %(five)s, the city's share %(own)s thousand yen, %(hours)s hours a year")
            % {"five": number(sums["five_k"]), "own": number(sums["own_with_k"]), "hours": number(sums["hours_saved"])}
        ]


def _bar(row: tuple[FiscalYear, int, int], most_k: int) -> dict[str, Any]:
    """One year of the chart, in thousandths of the longest bar."""
    year, with_k, without_k = row
    return {
        "year": year,
        "with_k": with_k,
        "more_k": without_k - with_k,
        "without_k": without_k,
        "width": with_k * 1000 // most_k if most_k else 0,
        "more": (without_k - with_k) * 1000 // most_k if most_k else 0,
    }
