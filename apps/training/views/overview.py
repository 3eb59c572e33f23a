"""Which people are missing, and what is done about it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.pages import Page
from apps.core.pages.base import Crumbs
from apps.core.registry import standpoint_today
from apps.training import figures, selectors
from apps.training.exports import gap_workbook
from apps.training.selectors.transfers import transfer_changes, transfer_changes_of_groups

# What fits beside the table; the list shows all.
SESSIONS_AHEAD = 6
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Overview(Page):
    """Which people are we short of, and what do we do?"""

    permission = "training.view_training"
    title = gettext_lazy("Training")
    template_name = "training/overview.html"

    def crumbs(self) -> Crumbs:
        return [(_("My work"), reverse("dashboards:my-work")), (self.title, None)]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        wanted = request.GET.get("format", "")
        if wanted not in {"", "xlsx"}:
            reason = _("This list is not available as “%(name)s”.") % {"name": wanted}
            return self.refused(reason)
        return self.workbook() if wanted else super().get(request, *args, **kwargs)

    def workbook(self) -> HttpResponse:
        response = HttpResponse(gap_workbook(self.gaps()), content_type=XLSX)
        response["Content-Disposition"] = f'attachment; filename="people-needed-{clock.today():%Y%m%d}.xlsx"'
        return response

    def gaps(self) -> selectors.GapTable:
        """What everybody sees, and for the personnel section what the known transfers change in it."""
        user = self.request.user
        changes, group_changes = transfer_changes(user), transfer_changes_of_groups(user)
        return selectors.gap_table(changes=changes, group_changes=group_changes)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        sessions = selectors.coming(selectors.session_list(user))
        return super().get_context_data(
            stats=self.stats(),
            gaps=self.gaps(),
            export_url="?format=xlsx",
            plans=selectors.plan_list(user).order_by("-from_year", "pk"),
            sessions=sessions[:SESSIONS_AHEAD],
            **kwargs,
        )

    def stats(self) -> list[dict[str, Any]]:
        """The figures of this fiscal year; those of courses say of how many."""
        here = standpoint_today(self.request.user)
        shown = (figures.GAP, figures.COURSES_AD_HOC, figures.SESSIONS_HELD, figures.COMPLETED)
        courses = _("of %(count)s courses") % {"count": figures.COURSES.count(here)}
        return [
            {
                "label": figure.label,
                "value": figure.count(here),
                "unit": figure.unit,
                "url": figure.link(here),
                "note": courses if figure is figures.COURSES_AD_HOC else here.year,
            }
            for figure in shown
        ]
