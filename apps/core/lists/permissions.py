"""Who keeps searches and columns: each for themselves."""

from django.utils.translation import gettext_lazy as _

from apps.core.jobs.permissions import has_a_role
from apps.core.permissions import allow

allow(
    "core.keep_lists",
    has_a_role,
    _("Everybody with a role keeps searches and columns for themselves; nobody else sees them."),
)
