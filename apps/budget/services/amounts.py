"""The one place where a proposal's amounts follow from its cost lines and its sources, in 千円.

積算 is in yen and is rounded once for each request line by the rules of the year (予算要求要領); from there on
every figure is a sum of 千円. General revenue 一般財源 is what remains and is never typed.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from apps.budget.choices import CapBase, FundingStatus
from apps.budget.models import Funding, Proposal, RequestLine
from apps.budget.selectors.editing import is_editable
from apps.core import money
from apps.core.transitions import Unmet
from apps.organization.models import FiscalYearRules
from apps.organization.selectors import rules_of

# No municipality's budget has more digits; above it, a comma was lost.
MOST_K = 9_999_999_999


class Overfunded(Unmet):
    """The typed sources are more than the request; general revenue is never negative."""


class Absurd(Unmet):
    """More money than any city has."""


def general_revenue_k(request_k: int, funded_k: int) -> int:
    """一般財源 in 千円: what remains of the request. Raises Overfunded below zero."""
    if funded_k > request_k:
        raise Overfunded(
            _("The sources come to %(funded)s thousand yen, more than the request of %(request)s thousand yen.")
            % {"funded": money.number(funded_k), "request": money.number(request_k)}
        )
    return request_k - funded_k


def lock(proposal: Proposal) -> Proposal:
    """The proposal as it stands now, kept from others until the transaction ends."""
    return Proposal.objects.select_for_update().get(pk=proposal.pk)


def recompute(*, proposal: Proposal) -> None:
    """Request lines, then the sources with a rate or a percentage, then general revenue: after every change of these.

    What was handed in stays as it was asked for: then a source that was not adopted brings nothing, and no other one
    grows by it (a cap that they share leaves room, which `subsidies_k` says and nobody takes by itself).
    Call it within `history.act`, in the transaction of the change; it locks the proposal and writes what has changed.
    Raises Overfunded where the sources exceed the request, and Absurd.
    """
    locked = lock(proposal)
    lines, fundings = list(_with_yen(locked)), list(locked.fundings.select_related("grant"))
    if is_editable(locked):
        rules = rules_of(locked.fiscal_year)
        request_k = _recompute_lines(lines, rules)
        amounts_k = subsidies_k(fundings, int(sum(line.eligible_yen for line in lines)), rules)
    else:
        request_k = sum(line.request_k for line in lines)
        amounts_k = [0 if each.status == FundingStatus.REJECTED else each.amount_k for each in fundings]
    general_k = general_revenue_k(request_k, _write_fundings(fundings, amounts_k))
    if general_k != locked.general_k:
        Proposal.objects.filter(pk=locked.pk).update(general_k=general_k)
    proposal.general_k = general_k


def eligible_yen_of(proposal: Proposal) -> int:
    """The cost lines that are marked as eligible for a grant, in yen."""
    return sum(line.eligible_yen for line in _with_yen(proposal))


def subsidies_k(fundings: Iterable[Funding], eligible_yen: int, rules: FiscalYearRules) -> list[int]:
    """What every source comes to in 千円: by its rate, by its percentage of a base, or as it was typed.

    Sources of one call with the same cap share it. Where the cap of the call limits the project's cost, the eligible
    cost is cut to it before the rate; else the money is. Below the floor nothing is paid, and a source that was not
    adopted brings nothing.
    """
    used: dict[Any, Fraction] = {}
    return [_source_k(funding, eligible_yen, rules, used) for funding in fundings]


def _with_yen(proposal: Proposal) -> Any:
    """The request lines with the yen of their cost lines, in one query."""
    eligible = Sum("cost_lines__amount_yen", filter=Q(cost_lines__eligible=True))
    return RequestLine.objects.filter(proposal=proposal).annotate(
        cost_yen=Coalesce(Sum("cost_lines__amount_yen"), 0), eligible_yen=Coalesce(eligible, 0)
    )


def _recompute_lines(lines: list[Any], rules: FiscalYearRules) -> int:
    changed = []
    for line in lines:
        request_k = money.expenditure_k(int(line.cost_yen), mode=rules.expenditure_rounding)
        if request_k != line.request_k:
            line.request_k = request_k
            changed.append(line)
    total_k = sum(line.request_k for line in lines)
    _refuse_absurd(total_k)
    RequestLine.objects.bulk_update(changed, ["request_k"])
    return total_k


def could_take_k(fundings: Iterable[Funding], eligible_yen: int, rules: FiscalYearRules) -> dict[int, int]:
    """Up to what a source could grow, by its key, where one that shared its cap was not adopted; amounts stay."""
    rows = list(fundings)
    gone = {(row.grant_id, row.cap_k) for row in rows if row.status == FundingStatus.REJECTED and row.grant_id}
    return {
        row.pk: amount_k
        for row, amount_k in zip(rows, subsidies_k(rows, eligible_yen, rules), strict=True)
        if (row.grant_id, row.cap_k) in gone and row.status != FundingStatus.GRANTED and amount_k > row.amount_k
    }


def _write_fundings(fundings: list[Funding], amounts_k: list[int]) -> int:
    changed = []
    for funding, amount_k in zip(fundings, amounts_k, strict=True):
        if amount_k != funding.amount_k:
            funding.amount_k = amount_k
            changed.append(funding)
    Funding.objects.bulk_update(changed, ["amount_k"])
    return sum(funding.amount_k for funding in fundings)


def _source_k(funding: Funding, eligible_yen: int, rules: FiscalYearRules, used: dict[Any, Fraction]) -> int:
    if funding.status == FundingStatus.REJECTED:
        return 0
    if funding.rate_numerator is not None and funding.rate_denominator is not None:
        own_yen = eligible_yen if funding.eligible_yen is None else funding.eligible_yen
        return _by_rate_k(funding, own_yen, rules, used)
    if funding.bond_base_k is not None and funding.bond_percent is not None:
        return money.bond_k(funding.bond_base_k, funding.bond_percent, unit_k=rules.bond_unit_k)
    return funding.amount_k


def _by_rate_k(funding: Funding, eligible_yen: int, rules: FiscalYearRules, used: dict[Any, Fraction]) -> int:
    rate, cap_k = Fraction(funding.rate_numerator or 0, funding.rate_denominator or 1), funding.cap_k
    key = (funding.grant_id or id(funding), cap_k)
    before = used.get(key, Fraction(0))
    mode = rules.subsidy_rounding
    if cap_k is not None and funding.grant and funding.grant.cap_base == CapBase.PROJECT:
        cut_yen = min(Fraction(eligible_yen), max(Fraction(cap_k) * money.YEN_PER_K - before, Fraction(0)))
        used[key] = before + cut_yen
        amount_k = money.subsidy_k(cut_yen, rate, mode=mode)
    else:
        amount_k = money.subsidy_k(eligible_yen, rate, cap_k, already_k=int(before), mode=mode)
        used[key] = before + amount_k
    return 0 if funding.floor_k is not None and amount_k < funding.floor_k else amount_k


def _refuse_absurd(total_k: int) -> None:
    if total_k > MOST_K:
        raise Absurd(
            _("%(amount)s thousand yen is more than the budget of any city: look at the unit prices and quantities.")
            % {"amount": money.number(total_k)}
        )
