"""The headings of the workbook of the survey: one set for what goes out and what comes in."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.core.fiscal import FiscalYear
from apps.core.writers import Column
from apps.organization.models import Unit

HEADINGS = {
    "fiscal_year": _("Fiscal year"),
    "code": _("Code of the unit"),
    "unit": _("Unit"),
    "task": _("Task"),
    "kind": _("Kind of work"),
    "hours": _("Hours a year"),
    "headcount": _("Full-time equivalent"),
    "routine": _("Routine work"),
    "core": _("Work that staff must do themselves"),
}
KINDS: dict[str, Any] = {"code": "code", "hours": "number", "headcount": "number"}


def survey_columns() -> list[Column]:
    return [Column(key, str(label), KINDS.get(key, "text")) for key, label in HEADINGS.items()]


def survey_row(entry: Any, year: FiscalYear | None = None, unit: Unit | None = None) -> list[Any]:
    """One entry as the form has it; for another year, or under today's unit, where that is asked."""
    stands = unit or entry.unit
    return [
        (year or entry.fiscal_year).label,
        stands.code,
        stands.name,
        entry.task,
        entry.kind,
        entry.hours,
        entry.headcount,
        mark(entry.routine),
        mark(entry.core),
    ]


def mark(value: bool) -> str:
    """○ for yes, as on the paper form."""
    return "○" if value else ""
