"""Today's unit of every unit there ever was: figures and filters roll old records up, pages keep the old name."""

from datetime import date

from apps.core import clock
from apps.organization.choices import UnitKind
from apps.organization.models import Unit
from apps.organization.models.lineage import Lineage


def lineage_today() -> Lineage:
    """How units lead on as of today."""
    return Lineage.on(clock.today())


def units_now(day: date | None = None) -> dict[int, int]:
    """Each unit's id and that of the unit which counts its records on the day (today)."""
    lineage = Lineage.on(day or clock.today())
    return {unit: lineage.now(unit) for unit in Unit.objects.order_by().values_list("pk", flat=True)}


def units_rolled_up_to(*units: Unit) -> set[int]:
    """The ids of these units and of all whose records they count today."""
    return lineage_today().rolled_up_to(unit.pk for unit in units)


def units_of_department(department: Unit) -> set[int]:
    """The ids of the department and of all units, past ones too, whose records count in it today."""
    return {unit for unit, found in departments_of_units().items() if found == department.pk}


def departments_of_units() -> dict[int, int | None]:
    """Each unit's id and that of the department in which its records count today; None where there is none."""
    lineage = lineage_today()
    rows = Unit.objects.order_by().values_list("pk", "parent", "kind")
    parents = {pk: pk if kind == UnitKind.DEPARTMENT else parent for pk, parent, kind in rows}
    found: dict[int, int | None] = {}
    for unit in parents:
        parent = parents.get(lineage.now(unit))
        found[unit] = None if parent is None else lineage.now(parent)
    return found


def say_todays_names(*units: Unit | None) -> None:
    """Lets those of these units that go by another name today say it (`unit.todays_name`); two queries at most."""
    lineage = lineage_today()
    moved = [unit for unit in units if unit is not None and lineage.now(unit.pk) != unit.pk]
    if not moved:
        return
    names = dict(Unit.objects.filter(pk__in=[lineage.now(unit.pk) for unit in moved]).values_list("pk", "name"))
    for unit in moved:
        name = names[lineage.now(unit.pk)]
        unit.todays_name = name if name != unit.name else ""
