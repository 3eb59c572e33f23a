"""Who may do what with the budget of a year: the request, its result, its files, what holds for it."""

from django.utils.translation import gettext_lazy as _

from apps.budget.permissions.relations import is_chief
from apps.core.permissions import allow
from apps.organization.permissions import holds_any_role, is_auditor, is_finance, is_headquarters, is_secretariat

allow(
    "budget.export_request",
    is_secretariat | is_finance | is_headquarters | is_auditor,
    _("The secretariat, the finance section, headquarters and auditors take away the budget request."),
)
allow("budget.disclose_budget", is_finance, _("The finance section tells the result, of all proposals in one act."))
allow("budget.settle_budget", is_finance, _("The finance section fixes the budget bill and follows it to the vote."))
allow(
    "budget.view_appraisal",
    is_finance | is_chief,
    _("Until the result of the year is told: the finance section and the head of headquarters alone."),
)
allow(
    "budget.import_finance",
    is_finance | is_secretariat,
    _(
        "The finance section and the secretariat take files over; amounts at a stage, before the result is told, the "
        "finance section alone."
    ),
)
allow(
    "budget.view_reconciliation",
    is_finance | is_secretariat | is_auditor,
    _("The finance section, the secretariat and auditors see the reconciliation."),
)
allow(
    "budget.set_year",
    is_finance | is_secretariat,
    _("The finance section and the secretariat set what holds for a year: roundings, cost of an hour."),
)
allow(
    "budget.create_format", is_finance | is_secretariat, _("The finance section and the secretariat keep the formats.")
)
allow("budget.edit_format", is_finance | is_secretariat, _("The finance section and the secretariat keep the formats."))
allow(
    "budget.archive_format", is_finance | is_secretariat, _("The finance section and the secretariat keep the formats.")
)
allow("budget.view_forms", holds_any_role, _("All staff see the city's own forms."))
allow("budget.fill_form", holds_any_role, _("All staff fill a form with the proposals that are open to them."))
allow("budget.archive_form", is_finance | is_secretariat, _("The finance section and the secretariat keep the forms."))
allow("budget.upload_form", is_finance | is_secretariat, _("The finance section and the secretariat keep the forms."))
allow("budget.view_calendar", holds_any_role, _("All staff see the calendar of the year."))
allow(
    "budget.view_investment",
    holds_any_role,
    _("All staff see it of the proposals that are open to them."),
)
