"""Which post answers for an initiative, who holds it today, and what waits for a person because of it.

The post stands with the initiative: a role in the lead unit. Where nobody holds it, or none is named, the promoter of
the lead unit answers; where there is none either, the secretariat.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from apps.core import clock
from apps.organization.choices import RoleKind
from apps.organization.models import Role, Unit
from apps.organization.permissions import is_staff_member
from apps.organization.selectors import holders, people_of
from apps.organization.selectors.lineage import lineage_today
from apps.roadmap.choices import OPEN_INITIATIVE
from apps.roadmap.models import Initiative, Milestone
from apps.roadmap.selectors.progress import stalled
from apps.roadmap.selectors.records import initiatives_visible_to, late
from apps.roadmap.selectors.timing import overdue_milestones


@dataclass(frozen=True)
class Answering:
    """The people who answer today, and for which post: the named one, or which stands in for it."""

    people: list[Any]
    role: str
    stands_in: bool

    @property
    def words(self) -> str:
        """The role, and whether it stands in for the named post."""
        role = str(RoleKind(self.role).label)
        return _("%(role)s, standing in for the post") % {"role": role} if self.stands_in else role


def who_answers(initiative: Initiative) -> Answering:
    """Who holds the post of the initiative today, or who stands in for it."""
    unit = unit_today(initiative)
    for role in dict.fromkeys((initiative.lead_role or RoleKind.PROMOTER.value, RoleKind.PROMOTER.value)):
        if people := people_of(unit, role):
            return Answering(people, role, stands_in=bool(initiative.lead_role) and role != initiative.lead_role)
    secretariat = RoleKind.SECRETARIAT.value
    return Answering(holders(secretariat), secretariat, stands_in=initiative.lead_role != secretariat)


def unit_today(initiative: Initiative) -> Unit | None:
    """The unit that works on with what the lead unit began; itself while it exists."""
    now = lineage_today().now(initiative.lead_unit_id)
    return initiative.lead_unit if now == initiative.lead_unit_id else Unit.objects.get(pk=now)


def answered_by(user: Any) -> QuerySet[Initiative]:
    """The visible open initiatives for which this person answers today; three queries, however many there are."""
    lineage, held = lineage_today(), _held_posts()

    def units(kind: str, of: dict[str, set[int]]) -> Collection[int]:
        return lineage.rolled_up_to(of.get(kind, ()))

    own: dict[str, set[int]] = {}
    for role in user.roles_today:
        if role.unit_id:
            own.setdefault(role.kind, set()).add(role.unit_id)
    posts, taken = Q(pk__in=[]), Q(pk__in=[])
    for kind in held:
        posts |= Q(lead_role=kind, lead_unit__in=units(kind, own))
        taken |= Q(lead_role=kind, lead_unit__in=units(kind, held))
    with_promoter = Q(lead_unit__in=units(RoleKind.PROMOTER, held))
    found = posts | (~taken & Q(lead_unit__in=units(RoleKind.PROMOTER, own)))
    if user.holds(RoleKind.SECRETARIAT):
        found |= ~taken & ~with_promoter
    return initiatives_visible_to(user).filter(found, status__in=OPEN_INITIATIVE)


def in_want_of_a_word(user: Any) -> QuerySet[Initiative]:
    """Of what the person answers for: whose end or milestone has passed, and of which nothing was heard for long.

    What has been due longest comes first.
    """
    if not is_staff_member(user):
        return Initiative.objects.none()
    initiatives = answered_by(user)
    overdue = Milestone.objects.filter(overdue_milestones()).order_by()
    wanting = (
        Q(pk__in=late(initiatives).order_by().values("pk"))
        | Q(pk__in=stalled(initiatives).order_by().values("pk"))
        | Q(pk__in=overdue.values("initiative"))
    )
    return initiatives.filter(wanting).prefetch_related("milestones").order_by("ends_on", "number", "pk")


def _held_posts() -> dict[str, set[int]]:
    """The units in which somebody holds a role today, by role."""
    roles = Role.objects.on(clock.today()).filter(unit__isnull=False, user__is_active=True)
    held: dict[str, set[int]] = {}
    for kind, unit in roles.order_by().values_list("kind", "unit"):
        held.setdefault(kind, set()).add(unit or 0)
    return held
