"""The lists of the roadmap look alike."""

from apps.core.pages import ListPage
from apps.core.pages.base import Crumbs
from apps.roadmap.views.crumbs import roadmap_crumbs


class RoadmapList(ListPage):
    template_name = "roadmap/record_list.html"

    def crumbs(self) -> Crumbs:
        return roadmap_crumbs((self.title, None))
