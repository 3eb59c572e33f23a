"""The columns of the list of initiatives."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.tables import Column
from apps.hurdles.choices import HEALTH_CHIPS
from apps.roadmap.selectors import is_stalled, next_milestone, progress_of
from apps.roadmap.tables.cells import RoadmapTable, name_of, url_of


def _milestone(initiative: Any) -> str | None:
    """The next milestone with its quarter, in one line."""
    milestone = next_milestone(initiative)
    if not milestone:
        return None
    when = _("%(year)s Q%(quarter)s") % {"year": milestone.fiscal_year.short, "quarter": milestone.quarter}
    return f"{when} {milestone.text}"


class InitiativeTable(RoadmapTable):
    """Initiatives with who leads them, their dates, and where these do not fit."""

    caption = gettext_lazy("List of initiatives")
    default_sort = "number"
    # With all of them the last ones are out of sight at a desk.
    default_columns = (
        "number",
        "title",
        "area",
        "lead_unit",
        "status",
        "health",
        "progress",
        "starts_on",
        "ends_on",
        "milestone",
    )
    due_column = "ends_on"
    columns = (
        Column("number", gettext_lazy("Number"), "code", sort=("number",)),
        Column("title", gettext_lazy("Initiative"), "subject", sort=("title",), link=url_of),
        Column("area", gettext_lazy("Area"), sort=("area",)),
        Column("lead_unit", gettext_lazy("Lead unit"), value="lead_unit.name", sort=("lead_unit__order",)),
        Column(
            "status",
            gettext_lazy("State"),
            "chip",
            value=lambda row: row.get_status_display(),
            sort=("status",),
            chip=lambda row: row.status_chip,
        ),
        Column(
            "health",
            gettext_lazy("Health"),
            "chip",
            value=lambda row: row.get_health_display(),
            sort=("health",),
            chip=lambda row: HEALTH_CHIPS.get(row.health),
        ),
        Column("progress", gettext_lazy("Share done"), value=lambda row: progress_of(row).words or None),
        Column("starts_on", gettext_lazy("Starts on"), "date", sort=("starts_on",)),
        Column("ends_on", gettext_lazy("Ends on"), "date", sort=("ends_on",)),
        Column("milestone", gettext_lazy("Next milestone"), value=_milestone),
        Column(
            "vision",
            gettext_lazy("Vision"),
            "code",
            value=lambda row: name_of(row.vision),
            link=lambda row: url_of(row.vision),
        ),
        Column(
            "policy",
            gettext_lazy("Policy"),
            "code",
            value=lambda row: name_of(row.policy),
            link=lambda row: url_of(row.policy),
        ),
        Column(
            "plan_item", gettext_lazy("Comprehensive plan"), "code", value="plan_item.code", sort=("plan_item__code",)
        ),
    )

    def cell(self, column: Column, row: Any) -> dict[str, Any]:
        cell = super().cell(column, row)
        if column.key == "title" and row.in_conflict:
            cell["sub"] = _("Starts before what it needs has ended")
        elif column.key == "title" and row.by_team:
            cell["sub"] = _("Carried out by the team itself")
        if column.key == "progress":
            cell["sub"] = progress_of(row).in_short
        if column.key == "health" and is_stalled(row):
            cell["sub"] = _("No news for long")
        return cell

    def is_late(self, row: Any) -> bool:
        return bool(row.is_late)
