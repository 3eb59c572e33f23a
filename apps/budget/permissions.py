"""Who may do what with the budget."""

from typing import Any

import rules
from django.utils.translation import gettext_lazy as _

from apps.core.permissions import allow
from apps.organization.permissions import (
    holds_any_role,
    is_auditor,
    is_finance,
    is_headquarters,
    is_secretariat,
    is_team_member,
)
from apps.training.permissions import is_personnel


@rules.predicate
def leads_plan(user: Any, plan: Any) -> bool:
    """Sits in the unit that leads the training plan, or holds a role there."""
    return plan.lead_unit_id in user.unit_ids


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
