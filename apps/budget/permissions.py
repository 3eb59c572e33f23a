"""Who may do what with the budget."""

from django.utils.translation import gettext_lazy as _

from apps.core.permissions import allow
from apps.organization.permissions import (
    holds_any_role,
    is_auditor,
    is_finance,
    is_headquarters,
    is_secretariat,
)

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
