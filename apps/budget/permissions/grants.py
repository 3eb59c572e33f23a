"""Who may do what with grant programmes."""

from django.utils.translation import gettext_lazy as _

from apps.budget.permissions.relations import answers_for_grant
from apps.core.permissions import allow
from apps.organization.permissions import holds_any_role, is_finance, is_secretariat, is_team_member

allow("budget.view_grants", holds_any_role, _("All staff see the grant programmes."))
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
