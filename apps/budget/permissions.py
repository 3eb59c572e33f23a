"""Who may do what with the budget."""

from typing import Any

import rules
from django.utils.translation import gettext_lazy as _

from apps.core import clock
from apps.core.permissions import allow
from apps.organization.choices import RoleKind
from apps.organization.models import Role
from apps.organization.models.lineage import Lineage
from apps.organization.permissions import (
    holds_any_role,
    is_auditor,
    is_finance,
    is_headquarters,
    is_secretariat,
    is_staff_member,
    is_team_member,
)
from apps.training.permissions import is_personnel


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


allow(
    "budget.view_proposals",
    holds_any_role,
    _("All staff see the list; each sees the proposals open to them."),
)
allow("budget.view_proposal", holds_any_role, _("All staff see the proposals that are open to them."))
allow("budget.view_grants", holds_any_role, _("All staff see the grant programmes."))
allow(
    "budget.view_plans",
    holds_any_role,
    _("All staff see the list; each sees the introduction plans open to them."),
)
allow("budget.view_intents", holds_any_role, _("All staff see the list; each sees the intents open to them."))
allow(
    "budget.export_request",
    is_secretariat | is_finance | is_headquarters | is_auditor,
    _("The secretariat, the finance section, headquarters and auditors take away the budget request."),
)
allow(
    "budget.draft_from_plan",
    is_secretariat | ((is_personnel | is_team_member) & leads_plan),
    _("Those of the plan's lead unit who write training plans, and the secretariat, draft a proposal from it."),
)

allow(
    "budget.create_proposal",
    is_staff_member,
    _("Staff draft proposals of their own unit; the team and the secretariat also for others."),
)
allow(
    "budget.edit_proposal",
    asks_for_it | is_secretariat,
    _("The requesting unit and the secretariat, until the proposal is handed in."),
)
allow("budget.archive_proposal", asks_for_it | is_secretariat, _("The requesting unit and the secretariat archive."))
allow(
    "budget.change_funding",
    asks_for_it | is_secretariat,
    _("The requesting unit and the secretariat say how far a grant has come."),
)
allow(
    "budget.plan_steps",
    asks_for_it | is_secretariat,
    _("The requesting unit and the secretariat plan and tick off the steps up to the application."),
)
allow(
    "budget.measure_outcome",
    asks_for_it | is_secretariat,
    _("The requesting unit and the secretariat enter what was measured, also years later."),
)
allow("budget.answer_proposal", owns_the_service, _("The unit whose service the proposal is about answers it."))
allow(
    "budget.confirm_proposal",
    heads_the_asking_unit,
    _("The manager of the requesting unit (the secretariat where there is none)."),
)
allow(
    "budget.coordinate_proposal",
    heads_the_asking_unit | is_secretariat,
    _("The manager of the requesting unit, or the secretariat, enters what the department agreed on."),
)
allow(
    "budget.submit_proposal",
    heads_the_asking_unit | is_secretariat,
    _("The manager of the requesting unit, or the secretariat, hands the request in."),
)
allow(
    "budget.return_proposal",
    heads_the_asking_unit | is_secretariat | is_finance,
    _(
        "The manager of the requesting unit, the secretariat and the finance section return a request, "
        "until the hearing."
    ),
)
allow(
    "budget.withdraw_proposal",
    heads_the_asking_unit | is_secretariat,
    _("The manager of the requesting unit, or the secretariat, withdraws a request."),
)
allow("budget.hear_proposal", is_finance, _("The finance section holds the hearing."))
allow(
    "budget.appraise_proposal",
    is_finance | is_chief,
    _("The finance section and the head of headquarters appraise."),
)
allow(
    "budget.give_project_code",
    is_finance | is_secretariat,
    _("The finance section and the secretariat give a proposal its project code."),
)
allow(
    "budget.hold_proposal",
    is_finance | is_chief,
    _("The finance section and the head of headquarters put an appraisal on hold."),
)
allow(
    "budget.revive_proposal",
    heads_the_asking_unit | is_secretariat,
    _("The manager of the requesting unit, or the secretariat, asks for it again after the result was told."),
)
allow("budget.disclose_budget", is_finance, _("The finance section tells the result, of all proposals in one act."))
allow("budget.settle_budget", is_finance, _("The finance section fixes the budget bill and follows it to the vote."))
allow(
    "budget.view_appraisal",
    is_finance | is_chief,
    _("Until the result of the year is told: the finance section and the head of headquarters alone."),
)
allow(
    "budget.import_finance",
    is_finance | is_secretariat,
    _(
        "The finance section and the secretariat take files over; amounts at a stage, before the result is told, the "
        "finance section alone."
    ),
)
allow(
    "budget.view_reconciliation",
    is_finance | is_secretariat | is_auditor,
    _("The finance section, the secretariat and auditors see the reconciliation."),
)
allow(
    "budget.set_year",
    is_finance | is_secretariat,
    _("The finance section and the secretariat set what holds for a year: roundings, cost of an hour."),
)
allow(
    "budget.create_format", is_finance | is_secretariat, _("The finance section and the secretariat keep the formats.")
)
allow("budget.edit_format", is_finance | is_secretariat, _("The finance section and the secretariat keep the formats."))
allow(
    "budget.archive_format", is_finance | is_secretariat, _("The finance section and the secretariat keep the formats.")
)
allow("budget.view_forms", holds_any_role, _("All staff see the city's own forms."))
allow("budget.fill_form", holds_any_role, _("All staff fill a form with the proposals that are open to them."))
allow("budget.archive_form", is_finance | is_secretariat, _("The finance section and the secretariat keep the forms."))
allow("budget.upload_form", is_finance | is_secretariat, _("The finance section and the secretariat keep the forms."))
allow(
    "budget.create_grant",
    is_team_member | is_secretariat | is_finance,
    _("The team, the secretariat and finance register a grant."),
)
allow(
    "budget.edit_grant",
    is_team_member | is_secretariat | is_finance | answers_for_grant,
    _("The team, the secretariat, finance and the section that answers for the grant edit it."),
)
allow(
    "budget.announce_grant",
    is_team_member | is_secretariat | is_finance | answers_for_grant,
    _("The team, the secretariat, finance and the section that answers for the grant record its call."),
)
allow(
    "budget.archive_grant", is_secretariat | is_finance, _("The secretariat and the finance section archive a grant.")
)
allow("budget.edit_steps", is_secretariat, _("The secretariat maintains the list of steps."))
allow("budget.view_calendar", holds_any_role, _("All staff see the calendar of the year."))
allow("budget.create_intent", is_staff_member, _("Staff answer the intent survey for their own section."))
allow("budget.edit_intent", belongs_to_its_unit | is_secretariat, _("The section and the secretariat edit its answer."))
allow(
    "budget.archive_intent",
    belongs_to_its_unit | is_secretariat,
    _("The section and the secretariat archive its answer."),
)
allow(
    "budget.draft_from_intent",
    belongs_to_its_unit | is_secretariat,
    _("The section and the secretariat make a plan or a proposal of it."),
)
allow("budget.create_plan", is_staff_member, _("Staff write introduction plans of their own section."))
allow(
    "budget.edit_plan",
    belongs_to_its_unit | is_secretariat,
    _("The section and the secretariat, while the plan is a draft or was returned."),
)
allow(
    "budget.link_plan",
    belongs_to_its_unit | is_secretariat,
    _("The section and the secretariat say to which proposal the plan belongs."),
)
allow(
    "budget.archive_plan", belongs_to_its_unit | is_secretariat, _("The section and the secretariat archive its plan.")
)
allow(
    "budget.submit_plan",
    heads_its_unit | is_secretariat,
    _("The manager of the section, or the secretariat, hands the plan in for review."),
)
allow("budget.review_plan", is_team_member | is_secretariat, _("The promotion team and the secretariat review plans."))
allow("budget.return_plan", is_team_member | is_secretariat, _("The promotion team and the secretariat return a plan."))
allow(
    "budget.reopen_plan",
    is_secretariat,
    _("The secretariat returns a plan that was reviewed already."),
)
allow(
    "budget.mark_priority",
    is_secretariat | is_headquarters,
    _("The secretariat and headquarters mark what is a priority."),
)
allow("budget.edit_criteria", is_secretariat, _("The secretariat maintains the criteria of the review."))
allow(
    "budget.view_investment",
    holds_any_role,
    _("All staff see it of the proposals that are open to them."),
)
