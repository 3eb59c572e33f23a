"""The columns of the list of introduction plans."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.budget.choices import PreReviewResult
from apps.core.tables import Column, Table

RESULT_CHIPS = {
    PreReviewResult.FIT: "green full",
    PreReviewResult.CONDITIONAL: "green half",
    PreReviewResult.RETURNED: "orange diamond",
    PreReviewResult.NOT_APPLICABLE: "bar",
}


def result_chip(plan: Any) -> str:
    """The look of the result of the preliminary review."""
    return RESULT_CHIPS[PreReviewResult(plan.result)] if plan.result else "plain"


def _open_proposal_url(plan: Any) -> str:
    return plan.open_proposal.get_absolute_url() if plan.open_proposal else ""


class PlanTable(Table):
    """Introduction plans with the result of their review. Points are a help and decide nothing."""

    caption = _("List of introduction plans")
    default_sort = "unit"
    default_columns = (
        "unit",
        "title",
        "kind",
        "status",
        "result",
        "points",
        "points_max",
        "priority_case",
        "reviewed_on",
        "proposal",
    )
    columns = (
        Column("unit", _("Section"), value="unit.name", sort=("unit__order",)),
        Column("title", _("Title"), "subject", sort=("title",), link=lambda row: row.get_absolute_url()),
        Column("kind", _("Kind"), value=lambda row: row.get_kind_display(), sort=("kind",)),
        Column(
            "status",
            _("State"),
            "chip",
            value=lambda row: row.get_status_display(),
            sort=("status",),
            chip=lambda row: row.status_chip,
        ),
        Column("submitted_on", _("Handed in on"), "date", sort=("submitted_on",)),
        Column(
            "result",
            _("Preliminary review"),
            "chip",
            value=lambda row: row.get_result_display() or gettext("Not yet reviewed"),
            sort=("result",),
            chip=result_chip,
        ),
        Column("points", _("Points"), "number", value="points_sum", sort=("points_sum",)),
        Column("points_max", _("Most points"), "number"),
        Column("priority_case", _("Priority case"), value=lambda row: "○" if row.priority_case else ""),
        Column("priority_reason", _("Why it is a priority case")),
        Column("reviewed_on", _("Reviewed on"), "date", sort=("reviewed_on",)),
        Column("current_system", _("Present system and contract")),
        Column("current_until", _("Present contract ends on"), "date", sort=("current_until",)),
        Column("current_yearly_k", _("Present cost a year (thousand yen)"), "number", sort=("current_yearly_k",)),
        Column("initial_k", _("Initial cost (thousand yen)"), "number", sort=("initial_k",)),
        Column("running_k", _("Running cost a year (thousand yen)"), "number", sort=("running_k",)),
        Column("simplified_first", _("What is abolished, merged or simplified first")),
        Column("proposal", _("Budget proposal"), value="open_proposal.name", link=_open_proposal_url),
    )
