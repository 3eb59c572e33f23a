"""The columns of the lists of training plans, courses and sessions."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.search import mark
from apps.core.tables import Column, Table
from apps.training.selectors import lacks_result, was_held


def _url(record: Any) -> str:
    return record.get_absolute_url() if record else ""


class _MarkedTable(Table):
    """Marks what was searched for in the column of the name."""

    name_column: ClassVar[str] = "name"

    def cell(self, column: Column, row: Any) -> dict[str, Any]:
        cell = super().cell(column, row)
        query = self.query.get("q", "")
        if query and column.key == self.name_column:
            cell["mark"] = mark(column.of(row), query)
        return cell


class PlanTable(_MarkedTable):
    """Training plans with their years and what they cost, in 千円."""

    caption = gettext_lazy("List of training plans")
    default_sort = "-from_year"
    columns = (
        Column("number", gettext_lazy("Number"), "code", sort=("number",)),
        Column("name", gettext_lazy("Training plan"), "subject", sort=("name",), link=_url),
        Column("from_year", gettext_lazy("From fiscal year"), sort=("from_year",)),
        Column("to_year", gettext_lazy("To fiscal year"), sort=("to_year",)),
        Column(
            "status",
            gettext_lazy("State"),
            "chip",
            value=lambda row: row.get_status_display(),
            sort=("status",),
            chip=lambda row: row.status_chip,
        ),
        Column("lead_unit", gettext_lazy("Lead unit"), value="lead_unit.name", sort=("lead_unit__order",)),
        Column(
            "profiles",
            gettext_lazy("Talent profiles"),
            value=lambda row: "、".join(str(profile) for profile in row.profiles.all()),
        ),
        Column("courses", gettext_lazy("Courses"), "number", value="course_count", sort=("course_count",)),
        Column("cost_k", gettext_lazy("Cost (thousand yen)"), "number", sort=("cost_k",)),
    )


class CourseTable(_MarkedTable):
    """Courses with the plan that they stand in, or the mark that they stand in none."""

    caption = gettext_lazy("List of courses")
    default_sort = "-fiscal_year"
    columns = (
        Column("name", gettext_lazy("Course"), "subject", sort=("name",), link=_url),
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
            link=lambda row: _url(row.plan),
        ),
        Column("sessions", gettext_lazy("Sessions"), "number", value="session_count", sort=("session_count",)),
        Column("completed", gettext_lazy("Completed"), "number", sort=("completed",)),
    )


class SessionTable(_MarkedTable):
    """Sessions with how many people applied, came and completed; a day that has passed without a result is late.

    Before a session was held, nobody can have come: that is missing and not zero.
    """

    caption = gettext_lazy("List of sessions")
    default_sort = "date"
    name_column = "course"
    columns = (
        Column("date", gettext_lazy("Date"), "date", sort=("date", "starts_at")),
        Column("course", gettext_lazy("Course"), "subject", value="course.name", sort=("course__name",), link=_url),
        Column("title", gettext_lazy("Session")),
        Column("place", gettext_lazy("Place"), sort=("place",)),
        Column("instructor", gettext_lazy("Instructor"), sort=("instructor",)),
        Column(
            "state",
            gettext_lazy("State"),
            "chip",
            value=lambda row: row.get_state_display(),
            sort=("state",),
            chip=lambda row: row.state_chip,
        ),
        Column("capacity", gettext_lazy("Capacity"), "number", sort=("capacity",)),
        Column("applied", gettext_lazy("Applied"), "number", sort=("applied",)),
        Column(
            "attended",
            gettext_lazy("Attended"),
            "number",
            value=lambda row: row.attended if was_held(row) else None,
            sort=("attended",),
        ),
        Column(
            "completed",
            gettext_lazy("Completed"),
            "number",
            value=lambda row: row.completed if was_held(row) else None,
            sort=("completed",),
        ),
    )

    def cell(self, column: Column, row: Any) -> dict[str, Any]:
        cell = super().cell(column, row)
        if column.key == "date" and self.is_late(row):
            cell["sub"] = _("No result yet")
        return cell

    def is_late(self, row: Any) -> bool:
        return lacks_result(row)
