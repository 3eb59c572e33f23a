"""Who may do what with a proposal, from its draft to its appraisal."""

from django.utils.translation import gettext_lazy as _

from apps.budget.permissions.relations import asks_for_it, heads_the_asking_unit, is_chief, leads_plan, owns_the_service
from apps.core.permissions import allow
from apps.organization.permissions import holds_any_role, is_finance, is_secretariat, is_staff_member, is_team_member
from apps.training.permissions import is_personnel

allow(
    "budget.view_proposals",
    holds_any_role,
    _("All staff see the list; each sees the proposals open to them."),
)
allow("budget.view_proposal", holds_any_role, _("All staff see the proposals that are open to them."))
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
allow("budget.edit_steps", is_secretariat, _("The secretariat maintains the list of steps."))
