"""Reads of the workload survey: a year's tasks, their totals, and two years side by side."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from apps.core import clock, money
from apps.core.fiscal import FiscalYear
from apps.core.search import matches, search_key
from apps.organization.choices import UnitKind
from apps.organization.models import Unit, WorkloadEntry, WorkloadImport
from apps.organization.models.lineage import Lineage
from apps.organization.permissions import holds_any_role
from apps.organization.selectors import units_on
from apps.organization.selectors.lineage import departments_of_units, lineage_today

LAST = 10**9


def workload_list(user: Any) -> QuerySet[WorkloadEntry]:
    """The whole survey, with the units as they were called."""
    every = WorkloadEntry.objects.select_related("unit__parent")
    return every if holds_any_role(user) else every.none()


def workload_years() -> list[FiscalYear]:
    """The surveyed years, the latest first."""
    return list(WorkloadEntry.objects.order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct())


def tasks_found(entries: QuerySet[WorkloadEntry], query: str) -> QuerySet[WorkloadEntry]:
    """The entries whose task or kind holds the words, however they are written; one query more."""
    rows = entries.order_by().values_list("pk", "task", "kind")
    return entries.filter(pk__in=[pk for pk, task, kind in rows if matches(query, f"{task}\n{kind}")])


def workload_totals(entries: QuerySet[WorkloadEntry]) -> dict[str, Any]:
    """Hours and full-time equivalents of these entries together."""
    found = entries.order_by().aggregate(hours=Sum("hours"), headcount=Sum("headcount"))
    return {"hours": found["hours"] or 0, "headcount": found["headcount"] or Decimal(0)}


def same_task(entry: WorkloadEntry) -> list[WorkloadEntry]:
    """The same task of the same unit, under whatever name, in all years, the latest first."""
    lineage = lineage_today()
    units = lineage.rolled_up_to([lineage.now(entry.unit_id)])
    rows = WorkloadEntry.objects.filter(unit__in=units).select_related("unit").order_by("-fiscal_year", "pk")
    return [row for row in rows if search_key(row.task) == search_key(entry.task)]


def imports_of(fiscal_year: FiscalYear) -> QuerySet[WorkloadImport]:
    """The workbooks that were taken over for a year, the last first."""
    return WorkloadImport.objects.filter(fiscal_year=fiscal_year).select_related("taken_by")


def survey_day(fiscal_year: FiscalYear) -> Any:
    """The day whose units a year's survey asks: today within the year, else its nearest day."""
    return min(max(clock.today(), fiscal_year.start), fiscal_year.end)


@dataclass
class Comparison:
    """One task in two years; None where it was not surveyed in one of them. Units are those of today."""

    department: Unit | None
    unit: Unit
    task: str
    before: int | None = None
    after: int | None = None

    @property
    def difference(self) -> int:
        return (self.after or 0) - (self.before or 0)

    @property
    def difference_text(self) -> str:
        return money.difference(self.difference)

    @property
    def ratio(self) -> str:
        """＋12.3％, △6.7％, 皆増 or 皆減."""
        return money.change_ratio(self.before or 0, self.after or 0)


def compare_years(entries: Iterable[Any], before: FiscalYear, after: FiscalYear) -> list[Comparison]:
    """Tasks matched by today's unit and by name, in the order of the administration; three queries in all."""
    lineage, departments = lineage_today(), departments_of_units()
    units = Unit.objects.in_bulk()
    rows: dict[tuple[int, str], Comparison] = {}
    for entry in entries:
        _count(entry, rows, units, lineage, departments, {before: "before", after: "after"})
    return sorted(rows.values(), key=lambda row: (row.unit.order, row.unit.code, row.task))


def _count(
    entry: Any,
    rows: dict[tuple[int, str], Comparison],
    units: dict[int, Unit],
    lineage: Lineage,
    departments: dict[int, int | None],
    sides: dict[FiscalYear, str],
) -> None:
    unit = units[lineage.now(entry.unit_id)]
    department = departments[unit.pk]
    key = (unit.pk, search_key(entry.task))
    row = rows.setdefault(key, Comparison(units[department] if department else None, unit, entry.task))
    side = sides[entry.fiscal_year]
    setattr(row, side, (getattr(row, side) or 0) + entry.hours)


@dataclass
class DepartmentTotal:
    """The hours of one department in two years."""

    name: str
    order: int
    before: int = 0
    after: int = 0

    @property
    def difference_text(self) -> str:
        return money.difference(self.after - self.before)

    @property
    def ratio(self) -> str:
        return money.change_ratio(self.before, self.after)


def totals_by_department(rows: Iterable[Comparison]) -> list[DepartmentTotal]:
    """The same rows by department, in the order of the administration; what has none comes last."""
    found: dict[int, DepartmentTotal] = {}
    for row in rows:
        key = row.department.pk if row.department else 0
        name, order = (row.department.name, row.department.order) if row.department else ("", LAST)
        total = found.setdefault(key, DepartmentTotal(name, order))
        total.before += row.before or 0
        total.after += row.after or 0
    return sorted(found.values(), key=lambda each: each.order)


def units_to_survey(fiscal_year: FiscalYear) -> QuerySet[Unit]:
    """The sections that a year's survey asks."""
    return units_on(survey_day(fiscal_year)).filter(kind=UnitKind.SECTION)


def rows_to_fill(fiscal_year: FiscalYear) -> list[tuple[WorkloadEntry, Unit]]:
    """The entries of the year before, each with the unit that answers for it now; what has no unit now is left out."""
    day = survey_day(fiscal_year)
    lineage, present = Lineage.on(day), units_on(day).in_bulk()
    before = WorkloadEntry.objects.filter(fiscal_year=fiscal_year.previous).select_related("unit")
    rows = [(entry, present.get(lineage.now(entry.unit_id))) for entry in before.order_by("unit__order", "task")]
    return [(entry, unit) for entry, unit in rows if unit is not None]
