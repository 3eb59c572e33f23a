"""The columns of the workload survey. The list as a workbook has the headings that the upload reads."""

from collections.abc import Collection, Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import money
from apps.core.tables import Column, Table
from apps.core.writers import Column as ExportColumn
from apps.organization.selectors.survey_form import mark, survey_columns, survey_row
from apps.organization.selectors.workload import Comparison


class WorkloadTable(Table):
    """One task of one unit in one year."""

    caption = gettext_lazy("Workload survey")
    default_sort = "unit"
    css = "table--wide"
    columns = (
        Column("fiscal_year", gettext_lazy("Fiscal year"), "code", sort=("fiscal_year",)),
        Column(
            "unit", gettext_lazy("Unit"), value="unit.name", sort=("unit__order", "unit__code", "fiscal_year", "task")
        ),
        Column("task", gettext_lazy("Task"), "subject", sort=("task",), link=lambda entry: entry.get_absolute_url()),
        Column("kind", gettext_lazy("Kind of work"), sort=("kind",)),
        Column("hours", gettext_lazy("Hours a year"), "number", sort=("hours",)),
        Column("headcount", gettext_lazy("Full-time equivalent"), "number", sort=("headcount",)),
        Column("routine", gettext_lazy("Routine work"), value=lambda entry: mark(entry.routine), sort=("routine",)),
        Column(
            "core",
            gettext_lazy("Work that staff must do themselves"),
            value=lambda entry: mark(entry.core),
            sort=("core",),
        ),
    )

    totals: dict[str, Any] | None = None

    @property
    def foot(self) -> list[dict[str, Any]]:
        """The sums of all rows that match, not only of this page."""
        if self.totals is None:
            return []
        cells = {"hours": money.number(self.totals["hours"]), "headcount": money.number(self.totals["headcount"])}
        label = _("Total of all that match")
        return [
            {"kind": column.kind, "value": cells.get(column.key, "") if at else label}
            for at, column in enumerate(self.columns)
        ]

    @classmethod
    def export_columns(cls, _keys: Collection[str] | None = None) -> list[ExportColumn]:
        """All columns of the form, whichever are shown: the file can be sent back."""
        return survey_columns()

    @classmethod
    def export_rows(cls, rows: Iterable[Any], _keys: Collection[str] | None = None) -> Iterable[list[Any]]:
        return (survey_row(entry) for entry in rows)


class ComparisonTable(Table):
    """Two years of one task. The rows are made in memory, and so is their order."""

    caption = gettext_lazy("Tasks in two years")
    css = "table--wide"
    columns = (
        Column(
            "department", gettext_lazy("Department"), value=lambda row: row.department.name if row.department else ""
        ),
        Column("unit", gettext_lazy("Unit"), value="unit.name", sort=("unit",)),
        Column("task", gettext_lazy("Task"), "subject"),
        Column("before", gettext_lazy("Hours before"), "number", sort=("before",)),
        Column("after", gettext_lazy("Hours after"), "number", sort=("after",)),
        Column("difference", gettext_lazy("Difference"), "number", sort=("difference",)),
        Column("ratio", gettext_lazy("Rate of change"), "number", value="ratio"),
    )
    KEYS = {
        "unit": lambda row: (row.unit.order, row.unit.code, row.task),
        "before": lambda row: row.before or 0,
        "after": lambda row: row.after or 0,
        "difference": lambda row: row.difference,
    }

    @classmethod
    def ordered(cls, queryset: Any, sort: str) -> Any:
        if not sort:
            return queryset
        return sorted(queryset, key=cls.KEYS[sort.removeprefix("-")], reverse=sort.startswith("-"))

    def cell(self, column: Column, row: Comparison) -> dict[str, Any]:
        if column.key == "difference":
            return {"kind": "number", "value": row.difference_text, "url": None, "chip": None}
        if column.key == "ratio":
            return {"kind": "number", "value": row.ratio, "url": None, "chip": None}
        return super().cell(column, row)
