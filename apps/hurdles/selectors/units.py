"""Hurdles by the units of today: what an old unit owns counts with the unit that took it over."""

from typing import Any

from django.db.models import Q, QuerySet

from apps.organization.models import Unit
from apps.organization.selectors.lineage import departments_of_units, units_of_department


def owned_in_department(hurdles: QuerySet[Any], department: Unit | None) -> QuerySet[Any]:
    """Those whose owning unit counts in this department today; None: those that count in none."""
    if department is not None:
        return hurdles.filter(owning_unit__in=units_of_department(department))
    nowhere = [unit for unit, parent in departments_of_units().items() if parent is None]
    return hurdles.filter(Q(owning_unit__isnull=True) | Q(owning_unit__in=nowhere))
