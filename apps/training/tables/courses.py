"""The columns of the list of courses."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.tables import Column
from apps.training.tables.cells import MarkedTable, url_of


class CourseTable(MarkedTable):
    """Courses with the plan that they stand in, or the mark that they stand in none."""

    caption = gettext_lazy("List of courses")
    default_sort = "-fiscal_year"
    columns = (
        Column("name", gettext_lazy("Course"), "subject", sort=("name",), link=url_of),
        Column("fiscal_year", gettext_lazy("Fiscal year"), sort=("fiscal_year",)),
        Column("format", gettext_lazy("Format"), value=lambda row: row.get_format_display(), sort=("format",)),
        Column("profile", gettext_lazy("Talent profile"), value="profile.name", sort=("profile__order",)),
        Column("lead_unit", gettext_lazy("Lead unit"), value="lead_unit.name", sort=("lead_unit__order",)),
        Column(
            "plan",
            gettext_lazy("Training plan"),
            "chip",
            value=lambda row: _("Outside of a plan") if row.is_ad_hoc else row.plan and row.plan.name,
            chip=lambda row: "orange" if row.is_ad_hoc else "plain",
            link=lambda row: url_of(row.plan),
        ),
        Column("sessions", gettext_lazy("Sessions"), "number", value="session_count", sort=("session_count",)),
        Column("completed", gettext_lazy("Completed"), "number", sort=("completed",)),
    )

    def cell(self, column: Column, row: Any) -> dict[str, Any]:
        cell = super().cell(column, row)
        if column.key == "completed" and row.hides_people:
            words = _("fewer than 5 people") if row.completed is None else ""
            cell |= {"value": words} if words else {"sub": _("without sessions under 5 people")}
        return cell
