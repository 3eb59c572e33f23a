"""The columns of the list of training plans."""

from django.utils.translation import gettext_lazy

from apps.core.tables import Column
from apps.training.tables.cells import MarkedTable, url_of


class PlanTable(MarkedTable):
    """Training plans with their years and what they cost, in 千円."""

    caption = gettext_lazy("List of training plans")
    default_sort = "-from_year"
    columns = (
        Column("number", gettext_lazy("Number"), "code", sort=("number",)),
        Column("name", gettext_lazy("Training plan"), "subject", sort=("name",), link=url_of),
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
