"""What somebody is to a record of the budget: works in its section, heads it, answers for it."""

from typing import Any

import rules

from apps.core import clock
from apps.organization.choices import RoleKind
from apps.organization.models import Role
from apps.organization.models.lineage import Lineage
from apps.organization.permissions import (
    is_staff_member,
)


@rules.predicate
def leads_plan(user: Any, plan: Any) -> bool:
    """Sits in the unit that leads the training plan, or holds a role there."""
    return plan.lead_unit_id in user.unit_ids


def _works_in(user: Any, unit_id: int | None) -> bool:
    """Whether the person does work in the unit, or holds a role there."""
    return unit_id is not None and unit_id in user.unit_ids and is_staff_member(user)


def _heads(user: Any, unit_id: int) -> bool:
    led = {role.unit_id for role in user.roles_today if role.kind == RoleKind.MANAGER and role.unit_id}
    if led and unit_id in Lineage.on(clock.today()).own(led):
        return True
    return user.holds(RoleKind.SECRETARIAT) and not has_manager(unit_id)


def has_manager(unit_id: int) -> bool:
    """Whether somebody is the manager of the unit today."""
    managers = Role.objects.on(clock.today()).filter(kind=RoleKind.MANAGER, user__is_active=True)
    return managers.filter(unit=unit_id).exists()


@rules.predicate
def asks_for_it(user: Any, proposal: Any) -> bool:
    """Sits in the unit that asks for the money."""
    return _works_in(user, proposal.requesting_unit_id)


@rules.predicate
def heads_the_asking_unit(user: Any, proposal: Any) -> bool:
    """Is the manager of the unit that asks for the money; of a unit without one, the secretariat speaks."""
    return _heads(user, proposal.requesting_unit_id)


@rules.predicate
def owns_the_service(user: Any, proposal: Any) -> bool:
    """Sits in the unit whose service the team's proposal is about."""
    return _works_in(user, proposal.owning_unit_id)


@rules.predicate
def belongs_to_its_unit(user: Any, record: Any) -> bool:
    """Sits in the section of the intent or the introduction plan."""
    return _works_in(user, record.unit_id)


@rules.predicate
def heads_its_unit(user: Any, record: Any) -> bool:
    """Is the manager of the section of the introduction plan; of a section without one, the secretariat speaks."""
    return _heads(user, record.unit_id)


@rules.predicate
def answers_for_grant(user: Any, grant: Any) -> bool:
    """Sits in the section of the city that answers for the programme."""
    return _works_in(user, grant.city_unit_id)


@rules.predicate
def is_chief(user: Any) -> bool:
    return user.holds(RoleKind.CHIEF)
