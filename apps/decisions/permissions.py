"""Who may see meetings, decisions and directives: minutes are open within the city hall."""

from django.utils.translation import gettext_lazy as _

from apps.core.permissions import allow
from apps.organization.permissions import holds_any_role, is_secretariat

MEETINGS = _("All staff see the meetings; a linked record is named to those only who see it.")

allow("decisions.view_meetings", holds_any_role, MEETINGS)
allow("decisions.view_meeting", holds_any_role, MEETINGS)
allow("decisions.view_directives", holds_any_role, _("All staff see the directives."))
allow("decisions.view_directive", holds_any_role, _("All staff see the directives."))
allow("decisions.view_decisions", holds_any_role, _("All staff see the decisions."))
allow("decisions.record_decision", is_secretariat, _("The secretariat records decisions."))
