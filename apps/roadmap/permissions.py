"""Who may do what on the roadmap."""

from typing import Any

import rules
from django.utils.translation import gettext_lazy as _

from apps.core import clock
from apps.core.permissions import allow
from apps.organization.choices import RoleKind
from apps.organization.models.lineage import Lineage
from apps.organization.permissions import holds_any_role, is_secretariat, is_staff_member, is_team_member
from apps.roadmap.choices import PolicyStatus

# Who says for a unit that it has adopted a policy.
SPEAKERS = (RoleKind.PROMOTER, RoleKind.MANAGER)


@rules.predicate
def is_of_lead_unit(user: Any, initiative: Any) -> bool:
    return initiative.lead_unit_id in user.unit_ids


@rules.predicate
def is_of_supporting_unit(user: Any, initiative: Any) -> bool:
    return any(link.unit_id in user.unit_ids for link in initiative.unit_links.all())


def units_spoken_for(user: Any) -> frozenset[int]:
    """The units in which the person is promoter or manager today, and their predecessors; not others where they sit."""
    held = {role.unit_id for role in user.roles_today if role.unit_id and role.kind in SPEAKERS}
    if held == user.held_unit_ids:
        own: frozenset[int] = user.unit_ids
        return own
    return Lineage.on(clock.today()).own(held) if held else frozenset()


@rules.predicate
def speaks_for_a_bound_unit(user: Any, policy: Any) -> bool:
    """A promoter or a manager in a unit that the policy binds."""
    return policy.unit_links.filter(unit__in=units_spoken_for(user)).exists()


@rules.predicate
def is_not_decided(_user: Any, policy: Any) -> bool:
    """What a decided policy says is no longer the team's alone to change."""
    return policy.status in {PolicyStatus.DRAFT, PolicyStatus.UNDER_REVIEW}


drafts = is_team_member | is_secretariat
leads_it = is_staff_member & is_of_lead_unit
works_on_it = is_staff_member & (is_of_lead_unit | is_of_supporting_unit)

allow("roadmap.view_overview", holds_any_role, _("All staff see the roadmap."))
allow("roadmap.view_visions", holds_any_role, _("All staff see the visions."))
allow("roadmap.view_initiatives", holds_any_role, _("All staff see the initiatives."))
allow(
    "roadmap.view_policies",
    holds_any_role,
    _("All staff see the list; before a policy is decided, the team, the secretariat, headquarters and auditors."),
)
allow(
    "roadmap.view_policy",
    holds_any_role,
    _("All staff see decided policies; before, the team, the secretariat, headquarters and auditors."),
)

DRAFTING = _("The promotion team and the secretariat write policies.")
for _verb in (
    "create_policy",
    "link_policy_hurdles",
    "bind_units",
    "review_policy",
    "return_policy",
):
    allow(f"roadmap.{_verb}", drafts, DRAFTING)
for _verb in ("edit_policy", "write_policy_text"):
    allow(
        f"roadmap.{_verb}",
        is_secretariat | (is_team_member & is_not_decided),
        _("The promotion team and the secretariat write policies; what is decided, the secretariat alone changes."),
    )
for _verb in ("bring_policy_into_force", "withdraw_policy", "resume_policy", "archive_policy"):
    allow(f"roadmap.{_verb}", is_secretariat, _("The secretariat brings policies into force and takes them back."))
allow(
    "roadmap.achieve_policy",
    drafts,
    _("The promotion team and the secretariat say that the goal of a policy is achieved."),
)
allow(
    "roadmap.adopt_policy",
    is_secretariat | (is_staff_member & speaks_for_a_bound_unit),
    _("The promoter and the manager of a bound unit say that it has adopted the policy; so does the secretariat."),
)

allow("roadmap.create_vision", drafts, _("The promotion team and the secretariat write visions."))
allow("roadmap.edit_vision", drafts, _("The promotion team and the secretariat write visions."))
allow("roadmap.link_vision_hurdles", drafts, _("The promotion team and the secretariat write visions."))
allow("roadmap.archive_vision", is_secretariat, _("The secretariat archives visions."))
allow("roadmap.edit_vision_indicators", drafts, _("The promotion team and the secretariat keep a vision's indicators."))

CHANGING = _("The lead unit, the promotion team and the secretariat change an initiative.")
allow("roadmap.create_initiative", drafts, _("The promotion team and the secretariat put initiatives on the roadmap."))
for _verb in (
    "edit_initiative",
    "edit_milestones",
    "link_initiative_hurdles",
    "link_initiatives",
    "edit_initiative_indicators",
    "reschedule_initiative",
    "plan_initiative",
    "start_initiative",
    "go_on_with_initiative",
    "achieve_initiative",
):
    allow(f"roadmap.{_verb}", drafts | leads_it, CHANGING)
allow(
    "roadmap.write_initiative_update",
    drafts | works_on_it,
    _("The lead unit, supporting units, the promotion team and the secretariat write what has moved."),
)
allow(
    "roadmap.record_actual",
    drafts | works_on_it,
    _("The lead unit, supporting units, the promotion team and the secretariat record what was measured."),
)
allow(
    "roadmap.record_implementation",
    drafts,
    _("The promotion team and the secretariat record what the team built itself."),
)
allow("roadmap.view_implementations", holds_any_role, _("All staff see what the promotion team implemented itself."))
for _verb in ("cancel_initiative", "resume_initiative", "archive_initiative"):
    allow(f"roadmap.{_verb}", is_secretariat, _("The secretariat cancels, resumes and archives initiatives."))

allow("roadmap.view_baselines", holds_any_role, _("All staff see the baselines and what has slipped."))
allow("roadmap.freeze_baseline", is_secretariat, _("The secretariat freezes baselines."))
allow("roadmap.archive_baseline", is_secretariat, _("The secretariat archives baselines."))
allow("roadmap.view_plan", holds_any_role, _("All staff see the comprehensive plan and what covers it."))
allow("roadmap.view_indicators", holds_any_role, _("All staff see the indicators and what was measured."))
allow("roadmap.view_coverage", holds_any_role, _("All staff see what of the roadmap has gaps."))
