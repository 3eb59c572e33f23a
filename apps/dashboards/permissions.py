"""Who sees which first page."""

from django.utils.translation import gettext_lazy as _

from apps.core.permissions import allow
from apps.organization.permissions import (
    holds_any_role,
    is_auditor,
    is_headquarters,
    is_secretariat,
    is_team_member,
)

allow("dashboards.view_my_work", holds_any_role, _("Whoever holds a role has a page of own work."))
allow(
    "dashboards.view_headquarters",
    # These see every submitted hurdle and every proposal, so that a figure is the same for all who see it.
    is_headquarters | is_secretariat | is_team_member | is_auditor,
    _("Headquarters, the promotion team, the secretariat and auditors see the whole city."),
)
