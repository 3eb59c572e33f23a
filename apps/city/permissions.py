"""Who may do what for the whole city."""

from django.utils.translation import gettext_lazy as _

from apps.core.permissions import allow
from apps.organization.permissions import holds_any_role, is_secretariat

allow(
    "city.view_handover",
    holds_any_role,
    _("Each sees the own handover, a manager those of the own unit, the secretariat all."),
)
allow("city.hand_over", is_secretariat, _("The secretariat moves what a leaver holds to the successor."))
