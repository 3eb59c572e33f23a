"""What the parts of a proposal must meet before they are written: a sentence that refuses, or nothing."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from apps.budget.choices import GrantMoney, Source
from apps.budget.models import (
    Carryover,
    ContinuingYear,
    DebtBurden,
    Funding,
    FutureCost,
    LongTermContract,
    OutcomeIndicator,
    Proposal,
)
from apps.budget.selectors.sources import request_k_of
from apps.core import money
from apps.core.fiscal import FIRST_YEAR, LAST_YEAR, FiscalYear, FiscalYearField

Invalid = ValidationError

# National grants usually ask for indicators of three years after the project (domain: 交付金の効果検証).
YEARS_MEASURED = 3
# What a proposal binds reaches as far as a PFI contract does, and begins with what a running project began with.
YEARS_BACK, YEARS_AHEAD = 10, 30
OUTSIDE = (Source.NATIONAL, Source.PREFECTURE)


def check_years(part: Any, proposal: Proposal) -> str | None:
    """Every year of a part lies within reach of the proposal's own: one mistyped would draw tables of centuries."""
    first = max(int(proposal.fiscal_year) - YEARS_BACK, FIRST_YEAR)
    last = min(int(proposal.fiscal_year) + YEARS_AHEAD, LAST_YEAR)
    for field in part._meta.concrete_fields:
        if isinstance(field, FiscalYearField) and not first <= int(getattr(part, field.attname)) <= last:
            return _("%(name)s: a year from %(first)s to %(last)s is entered, not %(year)s.") % {
                "name": field.verbose_name,
                "first": FiscalYear(first),
                "last": FiscalYear(last),
                "year": getattr(part, field.attname),
            }
    return None


def no_check(_part: Any, _proposal: Proposal) -> str | None:
    return None


def check_outcome(outcome: OutcomeIndicator, proposal: Proposal) -> str | None:
    """Measured to its target, and for three years after the year of the proposal."""
    last = proposal.fiscal_year + YEARS_MEASURED
    if outcome.measured_until < last:
        return _("An outcome is measured for three years after the project: at least until %(year)s.") % {"year": last}
    if outcome.measured_until < outcome.target_year:
        return _("An indicator is measured at least until the year of its target.")
    return None


def check_funding(funding: Funding, proposal: Proposal) -> str | None:
    """How its amount follows, and what becomes of the project where the money does not come."""
    if funding.grant and funding.grant.money == GrantMoney.ALLOCATION:
        return _(
            "“%(name)s” is special local allocation tax, which is general revenue: it is no source of its own. "
            "Enter what is expected as a memo of the proposal."
        ) % {"name": funding.grant.name}
    if funding.source in OUTSIDE and not funding.if_not_adopted:
        return _("For money of the nation or the prefecture, say what happens where it is not adopted.")
    if funding.grant and funding.grant.money != funding.source:
        return _("“%(name)s” is “%(money)s”, not “%(source)s”.") % {
            "name": funding.grant.name,
            "money": funding.grant.get_money_display(),
            "source": funding.get_source_display(),
        }
    if funding.fallback_k is not None and funding.fallback_k > request_k_of(proposal):
        return _("Without this money no more can be asked for than with it.")
    if funding.revenue_item and funding.revenue_item.source != funding.source:
        return _("The revenue item belongs to another source of money.")
    return _check_amount(funding)


def _check_amount(funding: Funding) -> str | None:
    if funding.source == Source.NATIONAL and funding.rate_numerator is None:
        return _("Money of the nation follows its rate: write it as a fraction; a fixed sum is 10/10 with a cap.")
    if (funding.bond_base_k is None) != (funding.bond_percent is None):
        return _("A bond needs both its base and the percent of it.")
    if funding.bond_percent is not None and funding.source != Source.BOND:
        return _("Only a bond has a base and a percent of it.")
    if funding.rate_numerator is not None and funding.source == Source.BOND:
        return _("A bond has a percent of its base and no rate.")
    return None


def check_debt_burden(burden: DebtBurden, proposal: Proposal) -> str | None:
    """債務負担行為 binds the years after the proposal's own (地方自治法第214条)."""
    if burden.from_year <= proposal.fiscal_year:
        return _(
            "A debt burden binds later years: it begins in %(year)s at the earliest. "
            "What %(own)s costs stands in the request itself."
        ) % {"year": proposal.fiscal_year.next, "own": proposal.fiscal_year}
    if burden.to_year < burden.from_year:
        return _("The last year lies before the first.")
    if burden.general_k < 0:
        return _("The sources are more than the limit.")
    return None


def check_share(share: ContinuingYear, proposal: Proposal) -> str | None:
    """年割額 (地方自治法第212条): the year's sources are within it; the share of the own year is in the request."""
    if share.general_k < 0:
        return _("The sources are more than the amount.")
    if share.cost.years.filter(fiscal_year=share.fiscal_year).exclude(pk=share.pk).exists():
        return _("%(year)s is entered already: change it there.") % {"year": share.fiscal_year}
    request_k = request_k_of(proposal)
    if share.fiscal_year == proposal.fiscal_year and share.amount_k > request_k:
        return _("The share of %(year)s is more than the request of %(request)s thousand yen.") % {
            "year": share.fiscal_year,
            "request": money.number(request_k),
        }
    return None


def check_long_contract(contract: LongTermContract, _proposal: Proposal) -> str | None:
    """長期継続契約 (地方自治法第234条の3): for what the city's own ordinance names."""
    if contract.to_year < contract.from_year:
        return _("The last year lies before the first.")
    return None


def check_carryover(carried: Carryover, proposal: Proposal) -> str | None:
    """繰越明許費 (地方自治法第213条): spent in the next year, from the request of this one."""
    if carried.spent_in != proposal.fiscal_year.next:
        return _("What is carried over from %(own)s is spent in %(year)s.") % {
            "own": proposal.fiscal_year,
            "year": proposal.fiscal_year.next,
        }
    request_k = request_k_of(proposal)
    if carried.amount_k > request_k:
        return _("More is carried over than the request of %(request)s thousand yen.") % {
            "request": money.number(request_k)
        }
    return None


def check_future_cost(cost: FutureCost, proposal: Proposal) -> str | None:
    if cost.fiscal_year <= proposal.fiscal_year:
        return _("A later year comes after %(year)s.") % {"year": proposal.fiscal_year}
    if proposal.future_costs.filter(fiscal_year=cost.fiscal_year).exclude(pk=cost.pk).exists():
        return _("%(year)s is entered already: change it there.") % {"year": cost.fiscal_year}
    return None
