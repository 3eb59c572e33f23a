"""Units, people and roles, the year, the workload survey."""

from apps.organization.models.people import Role, User
from apps.organization.models.units import Body, City, Unit
from apps.organization.models.workload import WorkloadEntry, WorkloadImport
from apps.organization.models.year import CalendarEvent, FiscalYearRules

__all__ = [
    "Body",
    "CalendarEvent",
    "City",
    "FiscalYearRules",
    "Role",
    "Unit",
    "User",
    "WorkloadEntry",
    "WorkloadImport",
]
