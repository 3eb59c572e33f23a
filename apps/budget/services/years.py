"""What holds for one year's budget: its roundings (予算要求要領) and what an hour of staff costs."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.choices import StageKind
from apps.budget.models import BudgetYear, Proposal
from apps.budget.services.costs import regroup
from apps.core.fiscal import FiscalYear
from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.services import StalePart, seen_as
from apps.core.transitions import Unmet
from apps.organization.models import FiscalYearRules

SET = declare_event("budget.year.set", gettext_lazy("Settings of the year changed"))
ROUNDINGS = ("expenditure_rounding", "expenditure_per", "subsidy_rounding", "bond_unit_k")
HOUR = ("hour_yen", "hour_basis")
# Where a proposal is still its section's own: new roundings reach it.
STILL_DRAFTED = (StageKind.DRAFT, StageKind.SECTION, StageKind.DEPARTMENT, StageKind.PRE_REVIEW)


def budget_year(fiscal_year: FiscalYear) -> BudgetYear:
    """The year's row, or a new one that is not stored yet."""
    return BudgetYear.objects.filter(fiscal_year=fiscal_year).first() or BudgetYear(fiscal_year=fiscal_year)


def year_rules(fiscal_year: FiscalYear) -> FiscalYearRules:
    """The year's roundings, or the usual ones that are not stored yet."""
    return FiscalYearRules.objects.filter(fiscal_year=fiscal_year).first() or FiscalYearRules(fiscal_year=fiscal_year)


def seen_year(fiscal_year: FiscalYear) -> str:
    """A mark of what stands now, which the form carries."""
    return seen_as(budget_year(fiscal_year)) + seen_as(year_rules(fiscal_year))


def proposals_handed_in(fiscal_year: FiscalYear) -> int:
    """How many proposals of the year have left their sections: their amounts are fixed."""
    rows = Proposal.objects.filter(fiscal_year=fiscal_year, archived_at__isnull=True)
    return rows.exclude(stage__kind__in=(*STILL_DRAFTED, StageKind.DROPPED)).count()


def set_year(*, fiscal_year: FiscalYear, values: dict[str, Any], seen: str, by: Any) -> int:
    """Sets what holds for a year; how many drafts were computed anew.

    Roundings change no amount that was handed in: from the first request on they are refused. Raises Unmet,
    StalePart where somebody has changed them since `seen`, and Overfunded where a draft would not foot any more.
    """
    require(by, "budget.set_year")
    with transaction.atomic():
        list(Proposal.objects.select_for_update().filter(fiscal_year=fiscal_year).values_list("pk"))
        year, rules = budget_year(fiscal_year), year_rules(fiscal_year)
        if seen != seen_year(fiscal_year):
            raise StalePart(year)
        changed = [name for name in ROUNDINGS if getattr(rules, name) != values[name]]
        if changed and (handed_in := proposals_handed_in(fiscal_year)):
            raise Unmet(
                _("%(count)d proposals of the year are handed in: the roundings stay as they are.")
                % {"count": handed_in}
            )
        with act(SET, by=by):
            for record, names in ((year, HOUR), (rules, ROUNDINGS)):
                for name in names:
                    setattr(record, name, values[name])
                record.save()
            drafts = list(_drafts(fiscal_year)) if changed else []
            for proposal in drafts:
                regroup(proposal=proposal)
    return len(drafts)


def _drafts(fiscal_year: FiscalYear) -> Any:
    rows = Proposal.objects.filter(fiscal_year=fiscal_year, archived_at__isnull=True)
    return rows.filter(stage__kind__in=STILL_DRAFTED).order_by("pk")
