"""予算照合: the portal beside the finance system."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.forms.finance import budget_years
from apps.budget.models import FinanceImport
from apps.budget.selectors.appraisal import sees_results
from apps.budget.selectors.finance import imports_open_to
from apps.budget.selectors.reconciliation import ReconciledRow, Reconciliation, reconcile
from apps.budget.tables.reconciliation import ReconciliationTable
from apps.budget.views.crumbs import budget_crumbs
from apps.budget.views.year_pages import TableOfYear
from apps.core.pages.base import Crumbs
from apps.core.pages.files import EXPORTS, table_file
from apps.core.pages.listing import PAGE_SIZES, page_links, query_link
from apps.core.permissions import permitted


class ReconciliationPage(TableOfYear):
    """Where do the portal and the finance system differ?"""

    permission = "budget.view_reconciliation"
    title = gettext_lazy("Reconciliation with the finance system")
    template_name = "budget/reconciliation.html"
    body_class = "page--list"
    known = frozenset({"year", "import", "show", "q", "page", "size", "format"})

    def crumbs(self) -> Crumbs:
        return budget_crumbs((self.title, None))

    def refusal(self) -> str | None:
        query = self.request.GET
        if refusal := super().refusal():
            return refusal
        if query.get("show", "") not in {"", "differences", "all"}:
            return _("This list has no filter “%(name)s”.") % {"name": query["show"]}
        if query.get("import") and self.taken is None:
            return _("No such file was taken over for %(year)s.") % {"year": self.year}
        return None

    def has_file(self) -> bool:
        return self.taken is not None

    @cached_property
    def imports(self) -> list[FinanceImport]:
        return list(imports_open_to(self.request.user, self.year))

    @cached_property
    def taken(self) -> FinanceImport | None:
        """The file that is asked for, else the newest one."""
        asked = self.request.GET.get("import", "")
        if not asked:
            return next(iter(self.imports), None)
        try:
            return next((each for each in self.imports if each.uid == UUID(asked)), None)
        except ValueError:
            return None

    @cached_property
    def compared(self) -> Reconciliation:
        return reconcile(self.taken, self.request.user) if self.taken else Reconciliation([])

    def rows(self) -> list[ReconciledRow]:
        """The rows that are asked for: by default those that differ."""
        every = self.request.GET.get("show") == "all"
        rows = self.compared.rows if every else self.compared.differences
        words = self.request.GET.get("q", "").split()
        return [row for row in rows if all(word in f"{row.code} {row.project} {row.item}" for word in words)]

    def file(self, wanted: str) -> HttpResponse:
        """The rows that are asked for as a file, all pages of them."""
        columns = ReconciliationTable.export_columns()
        data = ReconciliationTable.export_rows(self.rows())
        name, title = f"budget-reconciliation-{int(self.year)}", str(self.title)
        return table_file(wanted, name, columns, data, title=title, saved_as=f"{title}_{self.year}")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query, user, rows = self.request.GET, self.request.user, self.rows()
        size = query.get("size", "")
        paginator = Paginator(rows, int(size) if size in {str(n) for n in PAGE_SIZES} else PAGE_SIZES[1])
        page = paginator.get_page(query.get("page"))
        return super().get_context_data(
            year=self.year,
            years=budget_years(),
            imports=self.imports,
            taken=self.taken,
            compared=self.compared,
            show=query.get("show") or "differences",
            q=query.get("q", ""),
            table=ReconciliationTable(page.object_list, query),
            page=page,
            total=paginator.count,
            page_links=page_links(page, query),
            size_links=[query_link(query, str(n), size=str(n)) for n in PAGE_SIZES],
            export_links=[query_link(query, label, format=key) for key, (label, _type, _ext) in EXPORTS.items()],
            hides_appraisal=not sees_results(user, self.year),
            may_import=permitted(user, "budget.import_finance"),
            **kwargs,
        )
