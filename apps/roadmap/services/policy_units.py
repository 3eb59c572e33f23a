"""Which units a policy binds, and which of them have adopted it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.history import act, declare_event
from apps.core.permissions import Forbidden, permission_table
from apps.core.transitions import Unmet
from apps.organization.models import Unit
from apps.roadmap.models import Policy, PolicyUnit
from apps.roadmap.selectors import links_to_speak_for, speakers_of
from apps.roadmap.services.policy_flow import ACTS
from apps.roadmap.services.policy_hurdles import held, locked
from apps.roadmap.services.policy_telling import tell_of

BOUND = declare_event("roadmap.policy.units_bound", gettext_lazy("Units bound"))
RELEASED = declare_event("roadmap.policy.units_released", gettext_lazy("Units released"))
ADOPTED = declare_event("roadmap.policy.adopted", gettext_lazy("Adopted by a unit"))
UNDONE = declare_event("roadmap.policy.adoption_undone", gettext_lazy("Adoption undone"))


def bind_units(*, policy: Policy, units: Iterable[Unit], by: Any) -> list[Unit]:
    """Binds units in one act; those that are bound already stay as they are. Gives the new ones."""
    ACTS.check("bind_units", policy, by=by)
    wanted = {unit.pk: unit for unit in units}
    if not wanted:
        raise Unmet(_("Choose at least one unit."))
    with act(BOUND, by=by):
        locked(policy, "bind_units")
        present = set(policy.unit_links.values_list("unit", flat=True))
        new = [unit for unit in wanted.values() if unit.pk not in present]
        PolicyUnit.objects.bulk_create(PolicyUnit(policy=policy, unit=unit) for unit in new)
        if new:
            also = speakers_of(policy) if policy.is_decided else ()
            tell_of("bind_units", policy, event=BOUND, by=by, also=also)
    return new


def release_units(*, policy: Policy, units: Iterable[Unit], reason: str, by: Any) -> int:
    """Takes units out in one act, with the reason. Gives how many."""
    ACTS.check("release_units", policy, by=by, data={"reason": reason})
    wanted = list(units)
    if not wanted:
        raise Unmet(_("Choose at least one unit."))
    with act(RELEASED, by=by, reason=reason):
        locked(policy, "release_units")
        gone, _rows = policy.unit_links.filter(unit__in=wanted).delete()
        if not gone:
            raise Unmet(_("The policy does not bind this unit."))
        tell_of("release_units", policy, event=RELEASED, by=by)
    return gone


def adopt_policy(*, policy: Policy, unit: Unit, adopted_on: date | None, note: str, by: Any) -> PolicyUnit:
    """A bound unit has adopted the policy: since when, and what it does."""
    link = _link(policy, unit, "adopt", by=by, data={"note": note})
    if adopted_on is None:
        raise Unmet(_("Say from which day on the unit has adopted it."))
    if adopted_on > clock.today():
        raise Unmet(_("What a unit has adopted has happened: the day cannot be in the future."))
    with act(ADOPTED, by=by, reason=_("%(unit)s: %(words)s") % {"unit": unit, "words": note}):
        held(policy, "adopt")
        changes = {"adopted": True, "adopted_on": adopted_on, "note": note}
        if not PolicyUnit.objects.filter(pk=link.pk, adopted=False).update(**changes):
            raise Unmet(_("%(unit)s has adopted it already.") % {"unit": unit})
        tell_of("adopt", policy, event=ADOPTED, by=by, unit=unit)
    link.refresh_from_db()
    return link


def undo_adoption(*, policy: Policy, unit: Unit, reason: str, by: Any) -> PolicyUnit:
    """A unit has not adopted it after all, or does so no more; why is said."""
    link = _link(policy, unit, "undo_adoption", by=by, data={"reason": reason})
    with act(UNDONE, by=by, reason=_("%(unit)s: %(words)s") % {"unit": unit, "words": reason}):
        held(policy, "undo_adoption")
        changes = {"adopted": False, "adopted_on": None, "note": ""}
        if not PolicyUnit.objects.filter(pk=link.pk, adopted=True).update(**changes):
            raise Unmet(_("%(unit)s has not adopted it.") % {"unit": unit})
        tell_of("undo_adoption", policy, event=UNDONE, by=by, unit=unit, reason=reason)
    link.refresh_from_db()
    return link


def _link(policy: Policy, unit: Unit, verb: str, *, by: Any, data: dict[str, Any]) -> PolicyUnit:
    """The binding of a unit for which this person speaks."""
    row = ACTS.check(verb, policy, by=by, data=data)
    link = policy.unit_links.filter(unit=unit).first()
    if link is None:
        raise Unmet(_("The policy does not bind this unit."))
    if not isinstance(by, str) and not links_to_speak_for(policy, by).filter(pk=link.pk).exists():
        raise Forbidden(permission_table[row.permission])
    return link
