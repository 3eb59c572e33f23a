"""What becomes of the year if every grant comes, if none comes, and if a single one does not."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from apps.budget.filters.years import year_choices
from apps.budget.selectors import request_years
from apps.budget.selectors.scenarios import YearScenarios, year_scenarios
from apps.budget.tables.scenarios import ScenarioLineTable, ScenarioTable
from apps.budget.views.crumbs import budget_crumbs
from apps.budget.views.year_pages import TableOfYear
from apps.core.pages.base import Crumbs
from apps.core.pages.files import EXPORTS, table_file
from apps.core.pages.listing import page_links, query_link

PAGE_SIZE = 50
# More cases than a person compares; the page says how many there are.
MOST_CASES = 50


class Scenarios(TableOfYear):
    """What if the grants do not come?"""

    permission = "budget.view_investment"
    title = gettext_lazy("If the grants do not come")
    template_name = "budget/scenarios.html"
    known = frozenset({"year", "page", "format"})

    def crumbs(self) -> Crumbs:
        return budget_crumbs((self.title, None))

    @cached_property
    def compared(self) -> YearScenarios:
        return year_scenarios(self.year, self.request.user)

    def file(self, wanted: str) -> HttpResponse:
        """The proposals that hang on grants as a file, all pages of them."""
        keys = [column.key for column in ScenarioLineTable.columns]
        columns = ScenarioLineTable.export_columns(keys)
        rows = ScenarioLineTable.export_rows(self.compared.lines, keys)
        name, title = f"budget-scenarios-{int(self.year)}", str(self.title)
        return table_file(wanted, name, columns, rows, title=title, saved_as=f"{title}_{self.year}")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query, compared = self.request.GET, self.compared
        page = Paginator(compared.lines, PAGE_SIZE).get_page(query.get("page"))
        cases = compared.scenarios
        return super().get_context_data(
            year=self.year,
            years=year_choices(request_years()),
            compared=compared,
            scenarios=ScenarioTable(cases[: MOST_CASES + 2], query),
            left_out=max(len(cases) - MOST_CASES - 2, 0),
            lines=ScenarioLineTable(page.object_list, query),
            page=page,
            page_links=page_links(page, query),
            size_links=[],
            export_links=[query_link(query, label, format=key) for key, (label, _type, _ext) in EXPORTS.items()],
            **kwargs,
        )
