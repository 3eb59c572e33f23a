"""The comprehensive plan with what is under it, and the page that says where the roadmap has gaps."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.pages import Page
from apps.core.pages.base import Crumbs
from apps.core.permissions import permission_table, permitted
from apps.core.registry import Figure, Standpoint, standpoint_today
from apps.roadmap import figures
from apps.roadmap.filters import PlanItemFilter
from apps.roadmap.selectors.coverage import plan_item_list
from apps.roadmap.tables import PlanItemTable
from apps.roadmap.views.crumbs import roadmap_crumbs
from apps.roadmap.views.lists import RoadmapList

# So many of each are named; the list behind the figure shows all.
MOST_NAMED = 10


class PlanItemList(RoadmapList):
    permission = "roadmap.view_plan"
    title = gettext_lazy("Comprehensive plan")
    template_name = "roadmap/plan_item_list.html"
    table_class = PlanItemTable
    filterset_class = PlanItemFilter
    file_name = "comprehensive-plan"
    empty_title = gettext_lazy("No item of the plan matches.")
    empty_text = gettext_lazy("Administrators enter the items of the comprehensive plan.")

    def get_queryset(self) -> QuerySet[Any]:
        return plan_item_list(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        maintains = permitted(self.request.user, "organization.administer_lists")
        admin_url = reverse("admin:roadmap_comprehensiveplanitem_changelist") if maintains else ""
        return super().get_context_data(admin_url=admin_url, **kwargs)


@dataclass(frozen=True)
class Gap:
    """One kind of gap: its figure, the first records that it counts, who can mend it, and how."""

    figure: Figure
    count: int
    url: str
    records: list[Any]
    who: str
    mend: str

    @property
    def more(self) -> int:
        return self.count - len(self.records)


class Coverage(Page):
    """Every gap of the roadmap with its number, the list behind it, and who can mend it."""

    permission = "roadmap.view_coverage"
    title = gettext_lazy("Coverage")
    template_name = "roadmap/coverage.html"

    def crumbs(self) -> Crumbs:
        return roadmap_crumbs((self.title, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        here = standpoint_today(self.request.user)
        gaps = [self.gap(here, *row) for row in _rows()]
        return super().get_context_data(gaps=gaps, whole=not any(gap.count for gap in gaps), **kwargs)

    def gap(self, here: Standpoint, figure: Figure, permission: str, mend: str) -> Gap:
        records = figure.records(here) if figure.records else []
        count = figure.count(here)
        return Gap(
            figure=figure,
            count=count,
            url=figure.link(here),
            records=[_named(each) for each in records[:MOST_NAMED]] if count else [],
            who=str(permission_table[permission].who),
            mend=mend,
        )


def _rows() -> list[tuple[Figure, str, str]]:
    """Each figure with the right that mends its gaps, and how."""
    return [
        (figures.PLAN_ITEMS_EMPTY, "roadmap.create_initiative", _("Put an initiative under the item.")),
        (figures.VISIONS_EMPTY, "roadmap.create_initiative", _("Put an initiative on the way to it.")),
        (figures.INITIATIVES_UNMEASURED, "roadmap.edit_initiative_indicators", _("Add an indicator on its page.")),
        (figures.INITIATIVES_UNRULED, "roadmap.edit_initiative", _("Name its policy, or write one.")),
        (figures.POLICIES_EMPTY, "roadmap.link_policy_hurdles", _("Say on its page which hurdles it resolves.")),
        (figures.INDICATORS_MISSING, "roadmap.record_actual", _("Record what was measured.")),
    ]


def _named(record: Any) -> dict[str, Any]:
    """A record in one line with its address, where it has a page."""
    owner = getattr(record, "owner", record)
    code = getattr(record, "code", None) or getattr(owner, "number", None) or ""
    url = owner.get_absolute_url() if hasattr(owner, "get_absolute_url") else ""
    title = getattr(record, "name", None) or str(record)
    return {"code": code, "title": title, "url": url}
