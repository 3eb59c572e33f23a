"""The predicates from which every app builds its rows of the permission table."""

from typing import Any

import rules
from django.utils.translation import gettext_lazy as _

from apps.core.permissions import allow
from apps.organization.choices import RoleKind

# "Headquarters" is always these four (design, Rights).
HEADQUARTERS = (RoleKind.HEADQUARTERS, RoleKind.DEPUTY, RoleKind.CHIEF, RoleKind.ADVISOR)
READERS_ONLY = frozenset({RoleKind.AUDITOR, RoleKind.ADMINISTRATOR})


@rules.predicate
def is_secretariat(user: Any) -> bool:
    return user.holds(RoleKind.SECRETARIAT)


@rules.predicate
def is_team_member(user: Any) -> bool:
    return user.holds(RoleKind.MEMBER)


@rules.predicate
def is_headquarters(user: Any) -> bool:
    return user.holds(*HEADQUARTERS)


@rules.predicate
def is_finance(user: Any) -> bool:
    return user.holds(RoleKind.FINANCE)


@rules.predicate
def is_auditor(user: Any) -> bool:
    return user.holds(RoleKind.AUDITOR)


@rules.predicate
def is_administrator(user: Any) -> bool:
    return user.holds(RoleKind.ADMINISTRATOR)


@rules.predicate
def is_staff_member(user: Any) -> bool:
    """Holds a role that does work: an auditor or an administrator alone changes no record."""
    return bool(user.role_kinds - READERS_ONLY)


@rules.predicate
def holds_any_role(user: Any) -> bool:
    return bool(user.role_kinds)


allow(
    "organization.administer_lists",
    is_administrator,
    _("Administrators maintain the lists and settings."),
)
allow("organization.view_units", holds_any_role, _("All staff see the units of the city."))
allow(
    "organization.reorganize_units",
    is_secretariat | is_administrator,
    _("The secretariat and administrators enter reorganisations."),
)
allow("organization.view_workload", holds_any_role, _("All staff see the workload survey."))
allow("organization.upload_workload", is_secretariat, _("The secretariat takes the workload survey over from Excel."))
