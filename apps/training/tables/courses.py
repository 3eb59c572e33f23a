"""The columns of the list of courses."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import wareki
from apps.core.tables import Column
from apps.training.tables.cells import MarkedTable, url_of


def leads_on(row: Any) -> bool:
    """Whether anything comes after the course: see `selectors.continuity.with_continuity`."""
    return bool(row.next_session_on or row.next_course_id or row.goes_on_in)


def what_comes_next(row: Any) -> str:
    """The next session, or else the next course, or else the next year; in words where there is none of them."""
    if row.next_session_on:
        return _("Next session %(day)s") % {"day": wareki.format_date(row.next_session_on, short=True)}
    if row.next_course_id:
        return _("Next: %(name)s") % {"name": row.next_course.name}
    if row.goes_on_in:
        return _("Goes on in %(year)s") % {"year": row.goes_on_in.short}
    return _("Nothing")


class CourseTable(MarkedTable):
    """Courses with the plan that they stand in, or the mark that they stand in none."""

    caption = gettext_lazy("List of courses")
    default_sort = "-fiscal_year"
    default_columns = (
        "name",
        "fiscal_year",
        "format",
        "profile",
        "lead_unit",
        "plan",
        "sessions",
        "completed",
        "goes_on",
    )
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
        Column(
            "goes_on",
            gettext_lazy("What comes next"),
            "chip",
            value=what_comes_next,
            chip=lambda row: None if leads_on(row) else "orange",
        ),
        Column("next_course", gettext_lazy("Next course"), value="next_course.name", sort=("next_course__name",)),
        Column("continuity", gettext_lazy("How it goes on")),
        Column("adhoc_reason", gettext_lazy("Reason for holding it outside of a plan")),
    )

    def cell(self, column: Column, row: Any) -> dict[str, Any]:
        cell = super().cell(column, row)
        if column.key == "completed" and row.hides_people:
            words = _("fewer than 5 people") if row.completed is None else ""
            cell |= {"value": words} if words else {"sub": _("without sessions under 5 people")}
        return cell
