"""Who the own manager of a person is: whoever holds the role of manager where the person sits.

Where a unit has no manager of its own, such as a group below a section, that is the manager of the nearest unit above
which has one.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from apps.core import clock
from apps.organization.choices import RoleKind
from apps.organization.models.people import Role, User
from apps.organization.models.units import Unit


def managed_units(user: Any) -> frozenset[int]:
    """The units whose people this person manages today; one query, and none for who manages nothing."""
    own = {role.unit_id for role in user.roles_today if role.kind == RoleKind.MANAGER and role.unit_id}
    if not own:
        return frozenset()
    parents = dict(Unit.objects.order_by().values_list("pk", "parent"))
    others = set(_units_with_manager()) - own
    return frozenset(unit for unit in parents if _answering(unit, parents, own | others) in own)


def manages(user: Any, person: Any) -> bool:
    """Whether `user` is the own manager of `person`; nobody is the own manager of themselves."""
    return person.pk != user.pk and person.unit_id in managed_units(user)


def people_managed_by(user: Any) -> QuerySet[User]:
    """The people who sit in the units that this person manages, without the person."""
    return User.objects.filter(unit__in=managed_units(user), is_active=True).exclude(pk=user.pk)


def managers_of(person: Any) -> QuerySet[User]:
    """The own managers of a person today."""
    parents = dict(Unit.objects.order_by().values_list("pk", "parent"))
    unit = _answering(person.unit_id, parents, set(_units_with_manager())) if person.unit_id else None
    held = Role.objects.on(clock.today()).filter(kind=RoleKind.MANAGER, unit=unit) if unit else Role.objects.none()
    return User.objects.filter(Q(pk__in=held.values("user")), is_active=True).exclude(pk=person.pk)


def _units_with_manager() -> Iterable[int]:
    held = Role.objects.on(clock.today()).filter(kind=RoleKind.MANAGER, unit__isnull=False, user__is_active=True)
    return held.order_by().values_list("unit", flat=True).distinct()


def _answering(unit: int | None, parents: dict[int, int | None], managed: set[int]) -> int | None:
    """The unit itself or the nearest one above that has a manager."""
    seen: set[int] = set()
    while unit is not None and unit not in managed and unit not in seen:
        seen.add(unit)
        unit = parents.get(unit)
    return unit if unit in managed else None
