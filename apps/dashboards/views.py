"""The first pages."""

from typing import Any

from django.utils.translation import gettext_lazy

from apps.budget.selectors import request_totals, request_year
from apps.core import money
from apps.core.notices import latest_notices
from apps.core.pages import Page
from apps.core.permissions import permitted
from apps.core.registry import Figure, figures, standpoint_today
from apps.core.waiting import tasks_of
from apps.dashboards.selectors import SHOWN, hurdles_around, section_of
from apps.dashboards.tables import NearbyHurdleTable
from apps.organization.selectors import coming_events
from apps.roadmap.selectors import bonds_of, initiatives_around


class MyWork(Page):
    """What waits for me?"""

    permission = "dashboards.view_my_work"
    title = gettext_lazy("My work")
    template_name = "dashboards/my_work.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        return super().get_context_data(
            tasks=tasks_of(user),
            table=NearbyHurdleTable(hurdles_around(user), self.request.GET),
            initiatives=initiatives_around(user)[:SHOWN],
            bonds=bonds_of(user)[:SHOWN],
            section=section_of(user),
            events=coming_events(),
            news=latest_notices(user),
            may_log=permitted(user, "hurdles.log_hurdle"),
            **kwargs,
        )


HEADLINE = ("hurdles.open", "hurdles.hours_lost", "hurdles.common", "budget.request")
COURSE = (
    "roadmap.policies_decided",
    "roadmap.conflicts",
    "roadmap.initiatives_slipped",
    "decisions.directives_open",
    "decisions.directives_late",
    "reviews.unanswered",
)

PEOPLE = (
    "training.share_ad_hoc_courses",
    "training.went_on",
    "training.units_silent",
    "training.placed",
)


class Headquarters(Page):
    """How far is the whole city?"""

    permission = "dashboards.view_headquarters"
    title = gettext_lazy("The whole city")
    template_name = "dashboards/headquarters.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        year = request_year()
        return super().get_context_data(
            stats=[self.stat(figures[name]) for name in HEADLINE],
            course=[self.stat(figures[name]) for name in COURSE],
            by_status=self.chart(figures["hurdles.by_status"]),
            by_category=self.chart(figures["hurdles.by_category"]),
            by_department=self.chart(figures["hurdles.by_department"]),
            people=[self.stat(figures[name]) for name in PEOPLE],
            by_profile=self.chart(figures["training.gap_by_profile"]),
            by_source=self.chart(figures["budget.request_by_source"]),
            request_year=year,
            request_totals=request_totals(year, user),
            **kwargs,
        )

    def stat(self, figure: Figure) -> dict[str, Any]:
        """A figure with its unit and the list that it counts."""
        here = standpoint_today(self.request.user)
        return {"label": figure.label, "value": figure.count(here), "unit": figure.unit, "url": figure.link(here)}

    def chart(self, figure: Figure) -> dict[str, Any]:
        """A breakdown as bars; every bar leads to its list."""
        rows = [
            {**row, "text": money.number(row["value"])} for row in figure.count(standpoint_today(self.request.user))
        ]
        return {
            "title": figure.label,
            "lead": figure.definition,
            "unit": figure.unit,
            "rows": rows,
            "max": max((row["value"] for row in rows), default=0) or 1,
        }
