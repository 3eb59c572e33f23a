"""Who may see the activities of a year and the reflections on it."""

from django.utils.translation import gettext_lazy as _

from apps.core.permissions import allow
from apps.organization.permissions import holds_any_role

REFLECTIONS = _("All staff see the reflections; what answers them is named to those only who see it.")

allow("reviews.view_reflections", holds_any_role, REFLECTIONS)
allow("reviews.view_reflection", holds_any_role, REFLECTIONS)
