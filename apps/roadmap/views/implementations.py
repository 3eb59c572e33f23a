"""The list of what the promotion team implemented itself."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import money
from apps.roadmap.filters import ImplementationFilter
from apps.roadmap.models import Implementation
from apps.roadmap.selectors.implementations import hours_saved_by, implementations_visible_to
from apps.roadmap.tables import ImplementationTable
from apps.roadmap.views.lists import RoadmapList


class ImplementationList(RoadmapList):
    permission = "roadmap.view_implementations"
    title = gettext_lazy("Implemented by the team")
    table_class = ImplementationTable
    filterset_class = ImplementationFilter
    file_name = "implementations"
    empty_title = gettext_lazy("The team has implemented nothing yet.")
    empty_text = gettext_lazy("It is recorded on the page of an initiative that the promotion team carries out itself.")

    def get_queryset(self) -> QuerySet[Implementation]:
        return implementations_visible_to(self.request.user)

    def notes(self, rows: QuerySet[Any]) -> list[str]:
        return [_("%(hours)s hours saved a year in sum") % {"hours": money.number(hours_saved_by(rows))}]
