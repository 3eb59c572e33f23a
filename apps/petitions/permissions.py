"""Who may do what with petitions."""

from django.utils.translation import gettext_lazy as _

from apps.core.permissions import allow
from apps.organization.permissions import holds_any_role

allow(
    "petitions.view_petitions",
    holds_any_role,
    _("All staff see the list; each sees the petitions open to them."),
)
allow(
    "petitions.view_petition",
    holds_any_role,
    _(
        "All staff see a petition once it is submitted; before, the promotion team, headquarters, the secretariat, "
        "auditors and the owning units of its hurdles."
    ),
)
