"""Pages of proposals, grants and the budget request."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.exports import request_csv, request_workbook
from apps.budget.filters import GrantFilter, ProposalFilter
from apps.budget.models import GrantProgramme, Proposal
from apps.budget.selectors import (
    grant_list,
    proposal_detail,
    proposal_list,
    request_of,
    request_totals,
    request_year,
    request_years,
    yen_totals,
)
from apps.budget.tables import GrantTable, ProposalTable
from apps.core.fiscal import FiscalYear
from apps.core.history import entries_of
from apps.core.pages import DetailPage, ListPage, Page
from apps.core.pages.base import Crumbs
from apps.core.permissions import permitted
from apps.core.registry import panels_for
from apps.core.wareki import WarekiError
from apps.hurdles.selectors import visible_to as visible_hurdles

HISTORY_PARTS = ("request_lines", "fundings", "hurdle_links", "debt_burdens", "future_costs", "stage_entries")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _crumbs(*further: tuple[Any, str | None]) -> Crumbs:
    return [(_("My work"), reverse("dashboards:my-work")), *further]


class ProposalList(ListPage):
    permission = "budget.view_proposals"
    title = gettext_lazy("Budget proposals")
    table_class = ProposalTable
    filterset_class = ProposalFilter
    template_name = "budget/proposal_list.html"
    file_name = "proposals"
    empty_title = gettext_lazy("No proposal matches.")
    empty_text = gettext_lazy("You see the proposals of your own unit.")

    def get_queryset(self) -> QuerySet[Any]:
        return proposal_list(self.request.user)

    def crumbs(self) -> Crumbs:
        return _crumbs((self.title, None))

    def actions(self) -> list[dict[str, Any]]:
        if not permitted(self.request.user, "budget.export_request"):
            return []
        return [
            {
                "label": _("Take away the budget request"),
                "url": reverse("budget:request-export"),
                "primary": True,
            }
        ]


class ProposalDetail(DetailPage):
    permission = "budget.view_proposal"
    template_name = "budget/proposal_detail.html"

    def get_queryset(self) -> QuerySet[Any]:
        return proposal_detail(self.request.user)

    def crumbs(self) -> Crumbs:
        return _crumbs((_("Budget proposals"), reverse("budget:proposal-list")), (self.record.project_code, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        proposal, user = self.record, self.request.user
        return super().get_context_data(
            lines=list(proposal.request_lines.all()),
            yen=yen_totals(proposal),
            hurdles=visible_hurdles(user).filter(proposals=proposal).order_by("number"),
            entries=entries_of(proposal, parts=HISTORY_PARTS),
            panels=panels_for("budget:proposal-detail", proposal, user),
            **kwargs,
        )


class GrantList(ListPage):
    permission = "budget.view_grants"
    title = gettext_lazy("Grant programmes")
    table_class = GrantTable
    filterset_class = GrantFilter
    template_name = "budget/proposal_list.html"
    file_name = "grants"
    empty_title = gettext_lazy("No grant programme matches.")

    def get_queryset(self) -> QuerySet[GrantProgramme]:
        return grant_list()

    def crumbs(self) -> Crumbs:
        return _crumbs((_("Budget proposals"), reverse("budget:proposal-list")), (self.title, None))


class GrantDetail(DetailPage):
    permission = "budget.view_grants"
    template_name = "budget/grant_detail.html"

    def get_queryset(self) -> QuerySet[GrantProgramme]:
        return grant_list()

    def crumbs(self) -> Crumbs:
        return _crumbs((_("Grant programmes"), reverse("budget:grant-list")), (self.record.name, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = proposal_list(self.request.user).filter(grant=self.record)
        return super().get_context_data(proposals=mine, **kwargs)


class RequestExport(Page):
    """The budget request: the figures first, then the workbook and the CSV."""

    permission = "budget.export_request"
    title = gettext_lazy("Take away the budget request")
    template_name = "budget/request_export.html"

    def crumbs(self) -> Crumbs:
        return _crumbs((_("Budget proposals"), reverse("budget:proposal-list")), (self.title, None))

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
        if request.GET.get("format", "") not in {"", "xlsx", "csv"}:
            return _("This list is not available as “%(name)s”.") % {"name": request.GET["format"]}
        return None

    def file(self, kind: str) -> HttpResponse:
        proposals: list[Proposal] = list(request_of(self.year, self.request.user))
        content = request_workbook(self.year, proposals) if kind == "xlsx" else request_csv(proposals)
        response = HttpResponse(content, content_type=XLSX if kind == "xlsx" else "text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="budget-request-{int(self.year)}.{kind}"'
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(
            year=self.year,
            years=request_years(),
            totals=request_totals(self.year, user),
            proposals=proposal_list(user).filter(fiscal_year=self.year),
            **kwargs,
        )
