"""Who leaves a post around a day: a role has ended, the unit is another one, or the person is no longer there."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from apps.core import wareki
from apps.core.history import event_model_of
from apps.organization.choices import RoleKind
from apps.organization.models import Role, User
from apps.organization.models.lineage import Lineage
from apps.organization.permissions import is_secretariat

LATELY = timedelta(days=31)


def people_seen(viewer: Any) -> QuerySet[User]:
    """Whose handover a person may see: the own one, that of the own unit's people as manager, all as secretariat."""
    people = User.objects.select_related("unit")
    if is_secretariat(viewer):
        return people
    managed = [role.unit_id for role in viewer.roles_today if role.kind == RoleKind.MANAGER and role.unit_id]
    return people.filter(Q(pk=viewer.pk) | Q(unit__in=managed) | Q(roles__unit__in=managed)).distinct()


def leavers(day: date, viewer: Any) -> list[tuple[User, list[str]]]:
    """The people whom the viewer sees and who leave something on the eve of the day, with the reasons in words."""
    reasons: dict[int, list[str]] = {}
    for person, reason in [*_ending_roles(day), *_moved(day), *_gone(day)]:
        if reason not in reasons.setdefault(person, []):
            reasons[person].append(reason)
    people = people_seen(viewer).filter(pk__in=reasons).order_by("unit__order", "employee_number")
    return [(person, reasons[person.pk]) for person in people]


def _ending_roles(day: date) -> Iterable[tuple[int, str]]:
    """Roles that end in the month before the day, and do not go on under the successor of their unit."""
    lineage = Lineage.on(day)
    ending = Role.objects.filter(valid_to__gte=day - LATELY, valid_to__lt=day).select_related("unit")
    begun = Role.objects.filter(user__in=ending.values("user"), valid_from__gt=day - LATELY)
    goes_on = {_post(role, lineage, role.valid_from) for role in begun}
    for role in ending.order_by("user", "pk"):
        following = role.valid_to + timedelta(days=1) if role.valid_to else None
        if _post(role, lineage, following) not in goes_on:
            words = _("%(unit)s %(role)s until %(day)s")
            yield (
                role.user_id,
                words
                % {
                    "unit": role.unit or _("Citywide"),
                    "role": role.get_kind_display(),
                    "day": wareki.format_date(role.valid_to or day),
                },
            )


def _post(role: Role, lineage: Lineage, begins: date | None) -> tuple[Any, ...]:
    return (role.user_id, role.kind, lineage.now(role.unit_id) if role.unit_id else None, begins)


def _moved(day: date) -> Iterable[tuple[int, str]]:
    """People who sit in another unit since the month before the day, but for reorganisations of the unit itself."""
    model: Any = event_model_of(User)
    since = (day - LATELY).isoformat()
    moved = model.objects.filter(pgh_label="update", pgh_context__metadata__at__gte=since)
    rows = model.objects.filter(pgh_obj__in=moved.values("pgh_obj")).order_by("pgh_obj", "pgh_id")
    lineage = Lineage.on(day)
    last: dict[int, int | None] = {}
    for person, unit, at in rows.values_list("pgh_obj", "unit", "pgh_context__metadata__at"):
        before = last.get(person)
        last[person] = unit
        late = bool(at) and since <= str(at) < (day + LATELY).isoformat()
        if before and unit and late and lineage.now(before) != lineage.now(unit):
            yield person, _("moved to another unit")


def _gone(day: date) -> Iterable[tuple[int, str]]:
    """Who is no longer there and held a role until lately."""
    held = Role.objects.filter(user__is_active=False).exclude(valid_to__lt=day - LATELY)
    for person in held.order_by("user").values_list("user", flat=True).distinct():
        yield person, _("no longer active")


def successors_for(people: Collection[User], day: date) -> "Successors":
    """Who could take over from these people on the day."""
    return Successors(people, day)


class Successors:
    """Proposes who takes over: who holds the same role at the unit from the day on, else the manager there."""

    def __init__(self, people: Collection[User], day: date) -> None:
        self.lineage = Lineage.on(day)
        self.leaving = {person.pk for person in people}
        roles = Role.objects.on(day).filter(user__is_active=True).select_related("user")
        self.holders: dict[tuple[int | None, str], list[User]] = {}
        for role in roles.order_by("-valid_from", "pk"):
            self.holders.setdefault((self._now(role.unit_id), role.kind), []).append(role.user)

    def _now(self, unit: int | None) -> int | None:
        return self.lineage.now(unit) if unit else None

    def proposed(self, person: User, unit: int | None, kinds: Iterable[str]) -> User | None:
        """The first who is no leaver: of the same roles, then of the managers."""
        here = self._now(unit or person.unit_id)
        for kind in [*kinds, RoleKind.MANAGER.value]:
            for holder in self.holders.get((here, kind), ()):
                if holder.pk not in self.leaving:
                    return holder
        return None

    def choices(self, person: User, units: Iterable[int | None]) -> list[User]:
        """Who may be chosen: everybody who holds a role at one of these units on the day, but for leavers."""
        here = {self._now(unit) for unit in [*units, person.unit_id]}
        found = {
            holder.pk: holder
            for (unit, _kind), holders in self.holders.items()
            if unit in here
            for holder in holders
            if holder.pk not in self.leaving and holder.pk != person.pk
        }
        return sorted(found.values(), key=lambda each: each.employee_number)
