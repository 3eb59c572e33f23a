"""What a budget request comes to, worked out a second time with nothing but fractions.

This is the oracle of the tests: it shares no line with the portal's own arithmetic (nothing of `apps` is imported) and
says the rules of domain-facts §1.4 and §2 in its own words. Amounts in 千円 end on `_k`, in yen on `_yen`.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from typing import Any

K = 1000


@dataclass(frozen=True)
class CostOf:
    """Unit price and quantity in hundredths, so that nothing is rounded on the way in."""

    price_cents: int
    quantity_cents: int
    months: int
    tax_percent: int
    eligible: bool

    @property
    def yen(self) -> int:
        exact = Fraction(self.price_cents, 100) * Fraction(self.quantity_cents, 100) * self.months
        return floor(exact * Fraction(100 + self.tax_percent, 100))


@dataclass(frozen=True)
class LineOf:
    """A 節 with its costs; `previous_k` is what this year's initial budget had."""

    item: int
    costs: tuple[CostOf, ...]
    previous_k: int = 0

    @property
    def request_k(self) -> int:
        return ceil(Fraction(sum(cost.yen for cost in self.costs), K))


@dataclass(frozen=True)
class GrantOf:
    """A subsidy: a rate of the eligible cost, cut to its cap; below the floor nothing is paid.

    Where the cap is that of the project, it cuts the cost before the rate.
    """

    source: str
    rate: Fraction
    cap_k: int | None = None
    floor_k: int | None = None
    caps_project: bool = False


@dataclass(frozen=True)
class BondOf:
    """A bond on a base at a percentage, in whole 100千円."""

    base_k: int
    percent: int

    @property
    def amount_k(self) -> int:
        return floor(Fraction(self.base_k * self.percent, 100) / 100) * 100


@dataclass(frozen=True)
class ProposalOf:
    """One proposal in its place (会計, 款, 項, 目)."""

    place: tuple[str, ...]
    lines: tuple[LineOf, ...]
    grants: tuple[GrantOf, ...] = ()
    bonds: tuple[BondOf, ...] = ()
    other_k: int = 0

    @property
    def request_k(self) -> int:
        return sum(line.request_k for line in self.lines)

    @property
    def eligible_yen(self) -> int:
        return sum(cost.yen for line in self.lines for cost in line.costs if cost.eligible)

    def grant_k(self, grant: GrantOf) -> int:
        cost_k = Fraction(self.eligible_yen, K)
        if grant.cap_k is None:
            paid = floor(cost_k * grant.rate)
        elif grant.caps_project:
            paid = floor(min(cost_k, Fraction(grant.cap_k)) * grant.rate)
        else:
            paid = floor(min(cost_k * grant.rate, Fraction(grant.cap_k)))
        return 0 if grant.floor_k is not None and paid < grant.floor_k else paid

    def sources_k(self) -> dict[str, int]:
        """Each source, and 一般財源 as what remains; a negative rest means that too much was promised."""
        found: dict[str, int] = defaultdict(int)
        for grant in self.grants:
            found[grant.source] += self.grant_k(grant)
        found["bond"] += sum(bond.amount_k for bond in self.bonds)
        found["other"] += self.other_k
        found["general"] = self.request_k - sum(found.values())
        return dict(found)


@dataclass
class RequestOf:
    """The whole request."""

    proposals: list[ProposalOf] = field(default_factory=list)

    def by_source(self) -> dict[str, int]:
        found: dict[str, int] = defaultdict(int)
        for proposal in self.proposals:
            for source, amount in proposal.sources_k().items():
                found[source] += amount
        return dict(found)

    def by_place(self) -> dict[tuple[Any, ...], tuple[int, int]]:
        """What is asked for and what this year had, at every depth of the budget book, 節 at the leaves."""
        found: dict[tuple[Any, ...], tuple[int, int]] = defaultdict(lambda: (0, 0))
        for proposal in self.proposals:
            for line in proposal.lines:
                for path in _ways(proposal.place, line.item):
                    asked, had = found[path]
                    found[path] = (asked + line.request_k, had + line.previous_k)
        return dict(found)


def _ways(place: tuple[str, ...], item: int) -> list[tuple[Any, ...]]:
    return [*(place[:depth] for depth in range(len(place) + 1)), (*place, item)]
