"""The page from which the budget request is taken away."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.exports import request_csv, request_pdf, request_workbook
from apps.budget.models import Proposal
from apps.budget.selectors import proposal_list, request_of, request_totals, request_year, request_years
from apps.budget.views.crumbs import budget_crumbs
from apps.core.fiscal import FiscalYear
from apps.core.pages import Page
from apps.core.pages.base import Crumbs
from apps.core.wareki import WarekiError

CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
}


class RequestExport(Page):
    """The budget request: the figures first, then the workbook, the print and the CSV."""

    permission = "budget.export_request"
    title = gettext_lazy("Take away the budget request")
    template_name = "budget/request_export.html"

    def crumbs(self) -> Crumbs:
        return budget_crumbs((_("Budget proposals"), reverse("budget:proposal-list")), (self.title, None))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if refusal := self.unknown(request):
            return render(request, "400.html", {"reason": refusal, "back_url": request.path}, status=400)
        try:
            self.year = FiscalYear.parse(request.GET["year"]) if request.GET.get("year") else request_year()
        except WarekiError as error:
            return render(request, "400.html", {"reason": str(error), "back_url": request.path}, status=400)
        if wanted := request.GET.get("format"):
            return self.file(wanted)
        return super().get(request, *args, **kwargs)

    def unknown(self, request: HttpRequest) -> str | None:
        """What the address asks for and this page does not have, in words."""
        if unknown := sorted(set(request.GET) - {"year", "format"}):
            return _("This page knows no “%(name)s”.") % {"name": "、".join(unknown)}
        if request.GET.get("format", "") not in {"", *CONTENT_TYPES}:
            return _("This list is not available as “%(name)s”.") % {"name": request.GET["format"]}
        return None

    def file(self, kind: str) -> HttpResponse:
        response = HttpResponse(self.written(kind), content_type=CONTENT_TYPES[kind])
        response["Content-Disposition"] = f'attachment; filename="budget-request-{int(self.year)}.{kind}"'
        return response

    def written(self, kind: str) -> bytes:
        proposals: list[Proposal] = list(request_of(self.year, self.request.user))
        if kind == "csv":
            return request_csv(proposals)
        return (request_workbook if kind == "xlsx" else request_pdf)(self.year, proposals)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(
            year=self.year,
            years=request_years(),
            totals=request_totals(self.year, user),
            proposals=proposal_list(user).filter(fiscal_year=self.year),
            **kwargs,
        )
