"""Pages of the workload survey: the list, one task, and two years side by side."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.fiscal import FiscalYear
from apps.core.history import entries_of
from apps.core.pages import ListPage, Page
from apps.core.pages.base import Crumbs
from apps.core.permissions import permitted
from apps.core.registry import panels_for
from apps.organization.filters.workload import ComparisonFilter, WorkloadFilter
from apps.organization.models import WorkloadEntry
from apps.organization.selectors.workload import (
    Comparison,
    DepartmentTotal,
    compare_years,
    same_task,
    totals_by_department,
    workload_list,
    workload_totals,
    workload_years,
)
from apps.organization.tables.workload import ComparisonTable, WorkloadTable
from apps.organization.views.crumbs import crumbs


class WorkloadList(ListPage):
    permission = "organization.view_workload"
    title = gettext_lazy("Workload survey")
    table_class = WorkloadTable
    filterset_class = WorkloadFilter
    template_name = "organization/record_list.html"
    file_name = "workload"
    empty_title = gettext_lazy("No task matches.")
    empty_text = gettext_lazy("The secretariat takes the survey over from Excel, year by year.")

    def get_queryset(self) -> QuerySet[WorkloadEntry]:
        return workload_list(self.request.user)

    def crumbs(self) -> Crumbs:
        return crumbs((self.title, None))

    def actions(self) -> list[dict[str, Any]]:
        actions = [{"label": _("Compare two years"), "url": reverse("organization:workload-compare"), "primary": False}]
        if permitted(self.request.user, "organization.upload_workload"):
            url = reverse("organization:workload-upload")
            actions.append({"label": _("Take a workbook over"), "url": url, "primary": True})
        return actions

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        totals = workload_totals(kwargs["rows"])
        context = super().get_context_data(**kwargs)
        context["table"].totals = totals
        return context


class WorkloadDetail(Page):
    permission = "organization.view_workload"
    template_name = "organization/workload_detail.html"

    def load(self) -> None:
        found = workload_list(self.request.user).filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        self.record = found

    def get_title(self) -> Any:
        return self.record.task

    def crumbs(self) -> Crumbs:
        return crumbs((_("Workload survey"), reverse("organization:workload-list")), (self.record.task, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            record=self.record,
            years=same_task(self.record),
            panels=panels_for("organization:workload-detail", self.record, self.request.user),
            entries=entries_of(self.record),
            **kwargs,
        )


class WorkloadCompare(ListPage):
    """What has become more, and what less?"""

    permission = "organization.view_workload"
    title = gettext_lazy("Workload in two years")
    table_class = ComparisonTable
    filterset_class = ComparisonFilter
    template_name = "organization/workload_compare.html"
    file_name = "workload-compare"
    empty_title = gettext_lazy("No task matches.")
    empty_text = gettext_lazy("Choose two years that were surveyed.")
    compared: Sequence[Comparison] = ()

    def crumbs(self) -> Crumbs:
        return crumbs((_("Workload survey"), reverse("organization:workload-list")), (self.title, None))

    def years(self) -> tuple[FiscalYear, FiscalYear]:
        """As the address says; else the last two that were surveyed."""
        last, *rest = [*workload_years(), FiscalYear(2001)]
        usual = {"from": rest[0] if rest else last, "to": last}
        chosen = {name: self.request.GET.get(name, "") for name in usual}
        return tuple(  # type: ignore[return-value]
            FiscalYear(int(chosen[name])) if chosen[name].isdecimal() and len(chosen[name]) == 4 else usual[name]
            for name in ("from", "to")
        )

    def get_queryset(self) -> QuerySet[WorkloadEntry]:
        self.before, self.after = self.years()
        return workload_list(self.request.user).filter(fiscal_year__in=(self.before, self.after))

    def in_order(self, rows: QuerySet[WorkloadEntry]) -> Any:
        self.compared = compare_years(rows, self.before, self.after)
        return ComparisonTable.ordered(self.compared, self.sort)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(before=self.before, after=self.after, **kwargs)
        totals = totals_by_department(self.compared)
        before, after = (sum(getattr(each, side) for each in totals) for side in ("before", "after"))
        return {**context, "departments": totals, "whole": DepartmentTotal("", 0, before, after)}
