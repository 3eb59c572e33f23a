"""Who may see what of the training: numbers of people are for all staff; who these people are stands nowhere here."""

from django.utils.translation import gettext_lazy as _

from apps.core.permissions import allow
from apps.organization.permissions import holds_any_role

allow("training.view_training", holds_any_role, _("All staff see which people the city is short of."))
allow("training.view_plans", holds_any_role, _("All staff see the training plans."))
allow("training.view_courses", holds_any_role, _("All staff see the courses."))
allow("training.view_sessions", holds_any_role, _("All staff see the sessions and how many people came."))
