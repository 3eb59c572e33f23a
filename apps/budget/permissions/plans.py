"""Who may do what with intents and introduction plans, and with their review."""

from django.utils.translation import gettext_lazy as _

from apps.budget.permissions.relations import belongs_to_its_unit, heads_its_unit
from apps.core.permissions import allow
from apps.organization.permissions import (
    holds_any_role,
    is_headquarters,
    is_secretariat,
    is_staff_member,
    is_team_member,
)

allow(
    "budget.view_plans",
    holds_any_role,
    _("All staff see the list; each sees the introduction plans open to them."),
)
allow("budget.view_intents", holds_any_role, _("All staff see the list; each sees the intents open to them."))
allow("budget.create_intent", is_staff_member, _("Staff answer the intent survey for their own section."))
allow("budget.edit_intent", belongs_to_its_unit | is_secretariat, _("The section and the secretariat edit its answer."))
allow(
    "budget.archive_intent",
    belongs_to_its_unit | is_secretariat,
    _("The section and the secretariat archive its answer."),
)
allow(
    "budget.draft_from_intent",
    belongs_to_its_unit | is_secretariat,
    _("The section and the secretariat make a plan or a proposal of it."),
)
allow("budget.create_plan", is_staff_member, _("Staff write introduction plans of their own section."))
allow(
    "budget.edit_plan",
    belongs_to_its_unit | is_secretariat,
    _("The section and the secretariat, while the plan is a draft or was returned."),
)
allow(
    "budget.link_plan",
    belongs_to_its_unit | is_secretariat,
    _("The section and the secretariat say to which proposal the plan belongs."),
)
allow(
    "budget.archive_plan", belongs_to_its_unit | is_secretariat, _("The section and the secretariat archive its plan.")
)
allow(
    "budget.submit_plan",
    heads_its_unit | is_secretariat,
    _("The manager of the section, or the secretariat, hands the plan in for review."),
)
allow("budget.review_plan", is_team_member | is_secretariat, _("The promotion team and the secretariat review plans."))
allow("budget.return_plan", is_team_member | is_secretariat, _("The promotion team and the secretariat return a plan."))
allow(
    "budget.reopen_plan",
    is_secretariat,
    _("The secretariat returns a plan that was reviewed already."),
)
allow(
    "budget.mark_priority",
    is_secretariat | is_headquarters,
    _("The secretariat and headquarters mark what is a priority."),
)
allow("budget.edit_criteria", is_secretariat, _("The secretariat maintains the criteria of the review."))
