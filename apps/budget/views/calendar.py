"""The year in one view, and the cases whose steps have the least slack."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.exports.calendar import draw_calendar
from apps.budget.filters.calendar import CalendarFilter
from apps.budget.models import Proposal
from apps.budget.selectors.calendar import YearCalendar, calendar_of, narrowest_cases
from apps.budget.views.crumbs import budget_crumbs
from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.pages import Page
from apps.core.pages.base import Crumbs
from apps.core.permissions import permitted

CASES = 8


class BudgetCalendar(Page):
    """The fiscal year and the spring after it: the city's days, the calls, and the steps of one's own proposals."""

    permission = "budget.view_calendar"
    title = gettext_lazy("Calendar of the year")
    template_name = "budget/calendar.html"
    body_class = "page--list"

    def crumbs(self) -> Crumbs:
        return budget_crumbs((self.title, None))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if unknown := sorted(set(request.GET) - set(CalendarFilter.base_filters)):
            reason = _("This page knows no “%(name)s”.") % {"name": "、".join(unknown)}
            return self.refused(reason)
        self.filterset = CalendarFilter(request.GET, queryset=Proposal.objects.none(), request=request)
        if not self.filterset.is_valid():
            errors = self.filterset.form.errors.items()
            return self.refused(
                "　".join(f"{self.filterset.form[name].label}：{' '.join(each)}" for name, each in errors)
            )
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen, user = self.filterset.form.cleaned_data, self.request.user
        year = FiscalYear(int(chosen["year"])) if chosen["year"] else FiscalYear.of(clock.today())
        calendar = calendar_of(year, user, chosen["unit"])
        return super().get_context_data(
            calendar=calendar,
            svg="" if calendar.is_empty else draw_calendar(calendar, clock.today()),
            rows=days_in_order(calendar),
            cases=narrowest_cases(user)[:CASES],
            fields=list(self.filterset.form),
            may_edit_steps=permitted(user, "budget.edit_steps"),
            **kwargs,
        )


def days_in_order(calendar: YearCalendar) -> list[dict[str, Any]]:
    """The picture as rows of a table, by their days."""
    rows = [
        {"section": section.title, "line": line, "mark": mark}
        for section in calendar.sections
        for line in section.lines
        for mark in line.marks
    ]
    return sorted(rows, key=lambda row: row["mark"].day)
