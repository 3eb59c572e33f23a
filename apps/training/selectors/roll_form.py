"""The headings of the workbook of a roll, and its rows: one set for what goes out and what comes in."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.core.writers import Column
from apps.training.choices import APPLIED, CAME, EnrolmentState
from apps.training.models import Enrolment

HEADINGS = {
    "number": _("Employee number"),
    "name": _("Full name"),
    "came": pgettext_lazy("roll", "Attendance"),
    "completed": pgettext_lazy("roll", "Completion"),
    "test": pgettext_lazy("roll", "Test"),
    "satisfaction": pgettext_lazy("roll", "Satisfaction"),
    "note": pgettext_lazy("roll", "Note (not kept)"),
}
KINDS: dict[str, Any] = {"number": "code", "test": "number", "satisfaction": "number"}
IN_THE_FORM = APPLIED
PRESENT, ABSENT, DONE = pgettext_lazy("roll", "Present"), pgettext_lazy("roll", "Absent"), "○"


def roll_columns() -> list[Column]:
    return [Column(key, str(label), KINDS.get(key, "text")) for key, label in HEADINGS.items()]


def roll_row(row: Enrolment) -> list[Any]:
    """A row of the roll as the form has it."""
    came = ""
    if row.state in CAME:
        came = str(PRESENT)
    elif row.state == EnrolmentState.ABSENT:
        came = str(ABSENT)
    done = DONE if row.state == EnrolmentState.COMPLETED else ""
    return [row.person.employee_number, row.person.name, came, done, row.test_score, row.satisfaction, ""]
