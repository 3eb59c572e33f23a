"""Who may see what of the roadmap; nobody changes it yet."""

from django.utils.translation import gettext_lazy as _

from apps.core.permissions import allow
from apps.organization.permissions import holds_any_role

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
