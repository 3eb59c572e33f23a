"""What the costs section of a proposal's page shows beside the usual columns: only what any of its lines uses."""

from collections.abc import Iterable
from dataclasses import dataclass

from apps.budget.models import RequestLine

# From the kind of cost to its eligibility, and from the description to the amount in yen, without the tax.
_BEFORE_AMOUNT = 5
_BEFORE_BASES = 7


@dataclass(frozen=True)
class CostColumns:
    """The columns that are there only where any line needs them, and the sums of the bases of comparison."""

    tax: bool
    settled_k: int | None
    current_k: int | None

    @property
    def has_settled(self) -> bool:
        return self.settled_k is not None

    @property
    def has_current(self) -> bool:
        return self.current_k is not None

    @property
    def before_amount(self) -> int:
        """Columns before the amount in yen."""
        return _BEFORE_AMOUNT + self.tax

    @property
    def before_bases(self) -> int:
        """Columns between the 節 and its bases of comparison."""
        return _BEFORE_BASES + self.tax


def cost_columns(lines: Iterable[RequestLine]) -> CostColumns:
    """From the prefetched lines of one proposal; asks the database nothing."""
    rows = list(lines)
    return CostColumns(
        tax=any(cost.tax_percent for line in rows for cost in line.cost_lines.all()),
        settled_k=_known_sum(line.settled_k for line in rows),
        current_k=_known_sum(line.current_k for line in rows),
    )


def _known_sum(amounts: Iterable[int | None]) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None
