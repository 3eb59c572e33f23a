"""The columns of the list of sessions."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.tables import Column
from apps.training.selectors import lacks_result, was_held
from apps.training.tables.cells import MarkedTable, url_of

# Of these, None says that the number is hidden.
SHOWN_NUMBERS = {"applied": "applied_shown", "attended": "attended_shown", "completed": "completed_shown"}


class SessionTable(MarkedTable):
    """Sessions with how many people applied, came and completed; a day that has passed without a result is late.

    Before a session was held, nobody can have come: that is missing and not zero.
    """

    caption = gettext_lazy("List of sessions")
    default_sort = "date"
    name_column = "course"
    columns = (
        Column("date", gettext_lazy("Date"), "date", sort=("date", "starts_at")),
        Column("course", gettext_lazy("Course"), "subject", value="course.name", sort=("course__name",), link=url_of),
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
        Column("applied", gettext_lazy("Applied"), "number", value="applied_shown", sort=("applied_shown",)),
        Column(
            "attended",
            gettext_lazy("Attended"),
            "number",
            value=lambda row: row.attended_shown if was_held(row) else None,
            sort=("attended_shown",),
        ),
        Column(
            "completed",
            gettext_lazy("Completed"),
            "number",
            value=lambda row: row.completed_shown if was_held(row) else None,
            sort=("completed_shown",),
        ),
    )

    def cell(self, column: Column, row: Any) -> dict[str, Any]:
        cell = super().cell(column, row)
        if column.key == "date" and self.is_late(row):
            cell["sub"] = _("No result yet")
        if column.key in SHOWN_NUMBERS and getattr(row, SHOWN_NUMBERS[column.key]) is None:
            cell["value"] = _("fewer than 5 people")
        return cell

    def is_late(self, row: Any) -> bool:
        return lacks_result(row)
