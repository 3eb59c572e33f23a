"""The whole way from the visions to the initiatives."""

from typing import Any

from django.utils.translation import gettext_lazy

from apps.core.pages import Page
from apps.core.pages.base import Crumbs
from apps.core.registry import Figure, standpoint_today
from apps.roadmap import figures, selectors
from apps.roadmap.views.conflicts import conflicts_for
from apps.roadmap.views.crumbs import roadmap_crumbs

SHOWN_FIGURES = (
    figures.VISIONS,
    figures.POLICIES,
    figures.INITIATIVES,
    figures.INITIATIVES_LATE,
    figures.CONFLICTS,
)


class WayToVisions(Page):
    """The way from the ten-year visions to the initiatives, in one table."""

    permission = "roadmap.view_overview"
    title = gettext_lazy("From the visions")
    template_name = "roadmap/way.html"

    def crumbs(self) -> Crumbs:
        return roadmap_crumbs((self.title, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(
            stats=[self.stat(figure) for figure in SHOWN_FIGURES],
            **conflicts_for(self.request.user),
            areas=selectors.way_to_visions(user),
            **kwargs,
        )

    def stat(self, figure: Figure) -> dict[str, Any]:
        here = standpoint_today(self.request.user)
        return {"label": figure.label, "value": figure.count(here), "unit": figure.unit, "url": figure.link(here)}
