"""Reads of units, people, the calendar and the workload survey."""

from datetime import date

from django.db.models import QuerySet

from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.organization.choices import RoleKind
from apps.organization.models import CalendarEvent, City, FiscalYearRules, Role, Unit, User


def city() -> City | None:
    """The city of this portal; None until one is loaded."""
    return City.objects.first()


def units_on(day: date) -> QuerySet[Unit]:
    """The units that exist on a day, in the order of the administration (not of the syllabary)."""
    return Unit.objects.on(day).select_related("parent")


def sections_today() -> QuerySet[Unit]:
    """The sections of today, in the order of the administration."""
    return units_on(clock.today()).filter(kind="section")


def departments_today() -> QuerySet[Unit]:
    """The departments of today, in the order of the administration."""
    return units_on(clock.today()).filter(kind="department")


def rules_of(fiscal_year: FiscalYear) -> FiscalYearRules:
    """The roundings of a year; the usual ones where the city has set none."""
    return FiscalYearRules.objects.filter(fiscal_year=fiscal_year).first() or FiscalYearRules(fiscal_year=fiscal_year)


def coming_events(limit: int = 5) -> QuerySet[CalendarEvent]:
    """The next days of the city's calendar, today included."""
    return CalendarEvent.objects.filter(date__gte=clock.today())[:limit]


def people_of(unit: Unit | None, *kinds: str) -> list[User]:
    """Who holds one of these roles at the unit today (none named: the promoter and the manager), each once."""
    wanted = kinds or (RoleKind.PROMOTER.value, RoleKind.MANAGER.value)
    roles = Role.objects.on(clock.today()).filter(unit=unit, kind__in=wanted, user__is_active=True)
    return list(User.objects.filter(pk__in=roles.values("user")))


def holders(*kinds: str) -> list[User]:
    """Who holds one of these roles anywhere today, each once."""
    roles = Role.objects.on(clock.today()).filter(kind__in=kinds, user__is_active=True)
    return list(User.objects.filter(pk__in=roles.values("user")))


class WholeCity:
    """Sees what the secretariat sees without being a person: the figures of a report do not hang on who asked."""

    pk = None
    is_active = True
    role_kinds = frozenset({RoleKind.SECRETARIAT.value})
    unit_ids: frozenset[int] = frozenset()

    def holds(self, *kinds: str) -> bool:
        return not self.role_kinds.isdisjoint(kinds)


WHOLE_CITY = WholeCity()
