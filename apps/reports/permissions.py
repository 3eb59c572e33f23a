"""Who may do what with a report."""

from django.utils.translation import gettext_lazy as _

from apps.core.permissions import allow
from apps.organization.permissions import holds_any_role, is_secretariat

allow("reports.view_reports", holds_any_role, _("All staff see the list; each sees the reports open to them."))
allow("reports.view_report", holds_any_role, _("All staff see the reports that are open to them."))
allow("reports.make_draft", is_secretariat, _("The secretariat makes drafts of reports."))
allow("reports.view_figures", holds_any_role, _("All staff see how each figure is defined."))
