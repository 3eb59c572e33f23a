"""The columns of the list of people: personal records, for those who may see these people."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from apps.core.tables import Column
from apps.training.tables.cells import MarkedTable


def _page_of(person: Any) -> str:
    return reverse("training:person-detail", args=[person.employee_number])


def _named(rows: Any) -> str:
    return "、".join(each.profile.name for each in rows.all())


def _completed(person: Any) -> str:
    """The names of the courses that the person has completed, the latest first."""
    return "、".join(dict.fromkeys(each.session.course.name for each in person.completed_enrolments))


class PeopleTable(MarkedTable):
    """Who is to become what, who belongs to what, and what each has come to."""

    caption = gettext_lazy("List of people")
    default_sort = "unit"
    columns = (
        Column("name", gettext_lazy("Full name"), "subject", sort=("kana", "name"), link=_page_of),
        Column("employee_number", gettext_lazy("Employee number"), "code", sort=("employee_number",)),
        Column("unit", gettext_lazy("Unit"), value="unit.name", sort=("unit__order", "unit__code", "employee_number")),
        Column("position", gettext_lazy("Position"), sort=("position",)),
        Column("candidate", gettext_lazy("Candidate for"), value=lambda row: _named(row.candidacies)),
        Column("recognised", gettext_lazy("Recognised as"), value=lambda row: _named(row.recognitions)),
        Column(
            "came_this_year",
            gettext_lazy("Came to this year"),
            "number",
            value=lambda row: row.came_this_year or 0,
        ),
        Column("completed", gettext_lazy("Completed courses"), value=_completed),
        Column("last_came_on", gettext_lazy("Last day"), "date"),
    )
    default_columns = (
        "name",
        "employee_number",
        "unit",
        "candidate",
        "recognised",
        "came_this_year",
        "completed",
    )
