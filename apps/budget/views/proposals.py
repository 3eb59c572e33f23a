"""Pages of proposals."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.filters import ProposalFilter
from apps.budget.selectors import proposal_detail, proposal_list, served_by, yen_totals
from apps.budget.tables import ProposalTable
from apps.budget.views.crumbs import budget_crumbs
from apps.core.history import Entry, entries_of
from apps.core.pages import DetailPage, ListPage
from apps.core.pages.base import Crumbs
from apps.core.permissions import permitted
from apps.core.registry import panels_for
from apps.hurdles.selectors import sees_every_link

# Not the stages: they carry amounts under appraisal, which fewer people may see than the proposal.
HISTORY_PARTS = (
    "request_lines",
    "fundings",
    "debt_burdens",
    "future_costs",
    "initiative_links",
    "course_links",
    "training_plan_links",
)


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
        return budget_crumbs((self.title, None))

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
        return budget_crumbs((_("Budget proposals"), reverse("budget:proposal-list")), (self.record.project_code, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        proposal, user = self.record, self.request.user
        return super().get_context_data(
            lines=list(proposal.request_lines.all()),
            yen=yen_totals(proposal),
            entries=self.history(),
            panels=panels_for("budget:proposal-detail", proposal, user),
            **served_by(proposal, user),
            **kwargs,
        )

    def history(self) -> list[Entry]:
        """The history; that of the links to hurdles is told to those only who see each of them."""
        told = sees_every_link(self.record, "hurdle_links", self.request.user)
        return entries_of(self.record, parts=(*HISTORY_PARTS, "hurdle_links") if told else HISTORY_PARTS)
