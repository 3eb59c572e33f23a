"""Which item of revenue 歳入科目 a source of money stands on, where the year's list leaves no choice."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from apps.budget.choices import Source
from apps.budget.models import RevenueItem
from apps.core.fiscal import FiscalYear


@dataclass(frozen=True)
class RevenueItems:
    """The items of one year."""

    items: Sequence[RevenueItem]

    @classmethod
    def of(cls, fiscal_year: FiscalYear) -> "RevenueItems":
        return cls(list(RevenueItem.objects.of(fiscal_year)))

    def fitting(self, account: Any, source: str, name: str = "") -> RevenueItem | None:
        """The only item of the account for this source; of other sources, which are many, the one of the same name."""
        found = [item for item in self.items if (item.account_id, item.source) == (account, source)]
        if source == Source.OTHER:
            found = [item for item in found if item.levels[-1][1] == name]
        return found[0] if len(found) == 1 else None
