"""One project as an investment: five years, the city's share, what comes back. Amounts in 千円 unless named yen."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from apps.budget.choices import FundingStatus, Source
from apps.budget.models import BudgetYear
from apps.budget.selectors.investment import YEARS, CostOfYear, five_years, running_costs
from apps.budget.selectors.payback import Effect, average_k, initial_share_k, payback_years
from apps.budget.selectors.proposals import yen_totals
from apps.budget.selectors.refusals import may_be_refused
from apps.core.fiscal import FiscalYear
from apps.core.money import Rounding, number, round_k


@dataclass(frozen=True)
class YearShare:
    """One year: the cost, the city's share where the grants come, and where none comes.

    `running_k` is what was entered for a later year, None where nobody has; `share_k` is of continuing costs, of which
    other sources pay `share_sources_k`.
    """

    fiscal_year: FiscalYear
    amount_k: int
    with_k: int
    without_k: int
    running_k: int | None = None
    share_k: int = 0
    share_sources_k: int = 0


@dataclass(frozen=True)
class Share:
    """The way to a payback: what the other sources pay of the request, the city's initial cost, and the years."""

    sources_k: int
    initial_k: Fraction
    years: Decimal | None


@dataclass(frozen=True)
class Investment:
    years: list[YearShare]
    initial_yen: int
    running_yen: int
    effect: Effect
    hour_basis: str
    with_grants: Share
    without_grants: Share
    undecided_k: int
    bond_k: int
    # Of debt burdens: their limits and sources, which are known for the whole period alone and stand in no sum.
    burden_k: int = 0
    burden_sources_k: int = 0

    @property
    def total(self) -> YearShare:
        names = ("amount_k", "with_k", "without_k")
        sums = {name: sum(getattr(year, name) for year in self.years) for name in names}
        return YearShare(self.years[0].fiscal_year, **sums)

    @property
    def total_yen(self) -> int:
        return self.initial_yen + self.running_yen

    @property
    def entered(self) -> list[YearShare]:
        """The later years for which somebody entered a running cost."""
        return [year for year in self.years[1:] if year.running_k is not None]

    @property
    def missing(self) -> list[YearShare]:
        """The later years for which nothing was entered: they count as 0."""
        return [year for year in self.years[1:] if year.running_k is None]

    @property
    def shared(self) -> list[YearShare]:
        """The later years that bear a share of a continuing cost."""
        return [year for year in self.years[1:] if year.share_k]

    @property
    def cases(self) -> list[tuple[str, Share]]:
        """With and without the grants; one alone where nothing hangs on a grant."""
        return [("with", self.with_grants), *([("without", self.without_grants)] if self.undecided_k else [])]


def investment_of(proposal: Any) -> Investment:
    """`proposal` carries its lines, sources and later years (`proposal_page`)."""
    fundings = list(proposal.fundings.all())
    paid_k = sum(each.amount_k for each in fundings if each.status != FundingStatus.REJECTED)
    undecided_k = sum(each.amount_k for each in fundings if may_be_refused(each))
    years = _years(proposal, proposal.request_k - paid_k, undecided_k)
    yen, year = yen_totals(proposal), BudgetYear.objects.filter(fiscal_year=proposal.fiscal_year).first()
    effect = Effect(
        hours=proposal.hours_saved,
        hour_yen=year.hour_yen if year else None,
        yen_saved=proposal.yen_saved,
        running_k=average_k([each.running_k for each in years[1:] if each.running_k is not None]),
    )
    return Investment(
        years=years,
        initial_yen=yen["initial_yen"],
        running_yen=yen["running_yen"],
        effect=effect,
        hour_basis=year.hour_basis if year else "",
        with_grants=_share(yen, paid_k, effect),
        without_grants=_share(yen, paid_k - undecided_k, effect),
        undecided_k=undecided_k,
        bond_k=sum(each.amount_k for each in fundings if each.source == Source.BOND),
        burden_k=sum(each.limit_k for each in proposal.debt_burdens.all()),
        burden_sources_k=sum(each.limit_k - each.general_k for each in proposal.debt_burdens.all()),
    )


def _years(proposal: Any, own_k: int, undecided_k: int) -> list[YearShare]:
    entered = running_costs(proposal)
    first, *later = five_years(proposal)
    rows = [YearShare(first.fiscal_year, first.amount_k, own_k, own_k + undecided_k)]
    return [*rows, *(_later(each, entered.get(each.fiscal_year)) for each in later)]


def _later(cost: CostOfYear, running_k: int | None) -> YearShare:
    """A later year bears no grant that hangs: its share is the same in both cases."""
    own_k = cost.general_k
    return YearShare(cost.fiscal_year, cost.amount_k, own_k, own_k, running_k, cost.share_k, cost.sources_k)


def _share(yen: dict[str, int], sources_k: int, effect: Effect) -> Share:
    initial_k = initial_share_k(yen["initial_yen"], yen["total_yen"], sources_k)
    return Share(sources_k, initial_k, payback_years(initial_k, effect))


def row_effect(row: Any) -> Effect:
    """The same for a row of the year's list (`with_investment`); its later costs are counted there already."""
    running_k = Fraction(row.future_k, row.future_count) if row.future_count else Fraction(0)
    return Effect(row.hours_saved, row.hour_yen, row.yen_saved, running_k)


def row_payback(row: Any, *, granted: bool) -> Decimal | None:
    """Years until a row pays back, where the grants come (`granted`) or not."""
    sources_k = row.request_k - (row.first_with_k if granted else row.first_without_k)
    total_yen = row.initial_yen + row.running_yen
    return payback_years(initial_share_k(row.initial_yen, total_yen, sources_k), row_effect(row))


def written_k(amount_k: Fraction) -> str:
    """An exact amount for a formula: whole 千円 as they are, else rounded half up to 千円."""
    whole = round_k(abs(amount_k) * 1000, Rounding.HALF_UP)
    return number(whole if amount_k >= 0 else -whole)


__all__ = [
    "YEARS",
    "Investment",
    "Share",
    "YearShare",
    "investment_of",
    "row_effect",
    "row_payback",
    "written_k",
]
