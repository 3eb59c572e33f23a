"""What hangs on a call: the points of its checklist, and the proposals of which somebody says that they could ride."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.models import GrantCandidate, GrantProgramme, GrantRequirement, Proposal
from apps.core import clock
from apps.core.history import act, declare_event
from apps.core.permissions import permitted, require
from apps.core.services import StalePart, seen_as
from apps.core.transitions import Unmet

POINT_ADDED = declare_event("budget.grant.requirement_added", gettext_lazy("Requirement added"))
POINT_CHANGED = declare_event("budget.grant.requirement_changed", gettext_lazy("Requirement changed"))
POINT_REMOVED = declare_event("budget.grant.requirement_removed", gettext_lazy("Requirement taken out"))
NAMED = declare_event("budget.proposal.candidate_named", gettext_lazy("Possible grant named"))
UNNAMED = declare_event("budget.proposal.candidate_removed", gettext_lazy("Possible grant taken out"))


def add_requirement(*, grant: GrantProgramme, values: dict[str, Any], by: Any) -> tuple[GrantRequirement, bool]:
    """A new point, and whether it is one: what a second click sends is there already."""
    require(by, "budget.edit_grant", grant)
    _check(values)
    with act(POINT_ADDED, by=by):
        GrantProgramme.objects.select_for_update().get(pk=grant.pk)
        last = grant.checklist.order_by("-order").first()
        if same := grant.checklist.filter(text=values["text"]).first():
            return same, False
        return grant.checklist.create(order=last.order + 1 if last else 1, **_dated(values)), True


def change_requirement(*, requirement: GrantRequirement, seen: str, values: dict[str, Any], by: Any) -> Any:
    """Changes a point or says whether it is met. Raises StalePart where somebody has changed it since."""
    require(by, "budget.edit_grant", requirement.grant)
    _check(values)
    with act(POINT_CHANGED, by=by):
        present = GrantRequirement.objects.select_for_update().filter(pk=requirement.pk).first()
        if present is None or (seen and seen_as(present) != seen):
            raise StalePart(present or requirement)
        for name, value in _dated(values).items():
            setattr(present, name, value)
        present.save()
    return present


def remove_requirement(*, requirement: GrantRequirement, reason: str, by: Any) -> None:
    """Takes a point out; the history keeps what it said."""
    require(by, "budget.edit_grant", requirement.grant)
    with act(POINT_REMOVED, by=by, reason=reason):
        GrantRequirement.objects.filter(pk=requirement.pk).delete()


def _check(values: dict[str, Any]) -> None:
    if values.get("least") is None and values.get("city_value") is not None:
        raise Unmet(_("A value of the city needs the least value that it is compared with."))
    if values.get("least") is not None and values.get("is_met") is not None:
        raise Unmet(_("Whether a number is reached is computed; leave “Met” empty."))
    if values.get("is_met") is not None and not values.get("source"):
        raise Unmet(_("Say by what it was found to be met or not."))


def _dated(values: dict[str, Any]) -> dict[str, Any]:
    """What is known has the day on which it was looked at: today where nobody says another one."""
    known = values.get("is_met") is not None or values.get("city_value") is not None
    return {**values, "checked_on": values.get("checked_on") or (clock.today() if known else None)}


def name_candidate(*, proposal: Proposal, grant: GrantProgramme, note: str, by: Any) -> tuple[GrantCandidate, bool]:
    """This proposal could ride on this call; a second click changes nothing."""
    require_candidate(proposal=proposal, grant=grant, by=by)
    calls = {each.grant_id for each in proposal.fundings.all()} | {proposal.grant_id}
    if grant.pk in calls:
        raise Unmet(_("The proposal counts on this call already."))
    with act(NAMED, by=by):
        return GrantCandidate.objects.get_or_create(proposal=proposal, grant=grant, defaults={"note": note})


def remove_candidate(*, candidate: GrantCandidate, reason: str, by: Any) -> None:
    """It could not, after all."""
    require_candidate(proposal=candidate.proposal, grant=candidate.grant, by=by)
    with act(UNNAMED, by=by, reason=reason):
        GrantCandidate.objects.filter(pk=candidate.pk).delete()


def require_candidate(*, proposal: Proposal, grant: GrantProgramme, by: Any) -> None:
    """Those of the call may name a proposal, and those of the proposal a call. Raises Forbidden for all others."""
    if not permitted(by, "budget.edit_grant", grant):
        require(by, "budget.plan_steps", proposal)
