"""What a project costs over five years, and how much of that the city pays itself; amounts in 千円."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from apps.core.fiscal import FiscalYear

YEARS = 5


@dataclass(frozen=True)
class CostOfYear:
    """One year: what the project costs, what other sources pay, and what of it is a share of a continuing cost."""

    fiscal_year: FiscalYear
    amount_k: int
    sources_k: int = 0
    share_k: int = 0

    @property
    def general_k(self) -> int:
        """The city's own share: what the other sources leave."""
        return self.amount_k - self.sources_k


def five_years(proposal: Any) -> list[CostOfYear]:
    """The year of the request with its sources, then the four years after it: running costs, which the city bears.

    The yearly shares 年割額 of continuing costs come on top, less the sources that were entered for them.
    `proposal` carries its request (`request_k`), its later costs and its shares; a year without any costs 0.
    """
    later = running_costs(proposal)
    shares = [share for cost in proposal.continuing_costs.all() for share in cost.years.all()]
    years = [proposal.fiscal_year]
    while len(years) < YEARS:
        years.append(years[-1].next)
    first = CostOfYear(years[0], proposal.request_k, proposal.request_k - proposal.general_k)
    return [first, *(_later(year, later.get(year, 0), shares) for year in years[1:])]


def running_costs(proposal: Any) -> dict[FiscalYear, int]:
    """What was entered for later years, by the year."""
    return {cost.fiscal_year: cost.amount_k for cost in proposal.future_costs.all()}


def _later(year: FiscalYear, running_k: int, shares: Sequence[Any]) -> CostOfYear:
    own = [share for share in shares if share.fiscal_year == year]
    amount_k = sum(share.amount_k for share in own)
    return CostOfYear(year, running_k + amount_k, amount_k - sum(share.general_k for share in own), share_k=amount_k)
