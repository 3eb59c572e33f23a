"""Writes of proposals: cost lines in yen become request lines in 千円 here, once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy

from apps.budget.models import CostLine, ExpenseItem, Funding, Proposal, RequestLine
from apps.budget.services.amounts import general_revenue_k
from apps.core import money
from apps.core.history import act, declare_event
from apps.organization.selectors import rules_of

CREATED = declare_event("budget.proposal.created", gettext_lazy("Drafted"))


@dataclass(frozen=True)
class Cost:
    """One cost line as it is typed: the amount follows from it."""

    description: str
    unit_price_yen: Decimal
    quantity: Decimal
    unit: str
    months: int
    kind: str
    eligible: bool
    tax_percent: int = 0
    subitem: str = ""

    @property
    def amount_yen(self) -> int:
        return money.line_amount_yen(self.unit_price_yen, self.quantity, self.months, tax_percent=self.tax_percent)


@dataclass(frozen=True)
class Item:
    """One 節 as it is typed: its costs, what the year before had, and the project of another section that holds it."""

    expense_item: ExpenseItem
    subitem: str
    costs: Sequence[Cost]
    previous_initial_k: int = 0
    host: Mapping[str, Any] = field(default_factory=dict)

    @property
    def amount_yen(self) -> int:
        return sum(cost.amount_yen for cost in self.costs)

    def request_k(self, mode: str) -> int:
        """The 節 in 千円: its costs, rounded once."""
        return money.expenditure_k(self.amount_yen, mode=mode)


@dataclass
class ProposalDraft:
    """All that makes a proposal but what is computed."""

    values: dict[str, Any]
    items: Sequence[Item]
    fundings: Sequence[dict[str, Any]] = ()
    parts: dict[str, Sequence[dict[str, Any]]] = field(default_factory=dict)

    def requests_k(self) -> list[int]:
        """Every 節 in 千円, by the rule of the year."""
        mode = rules_of(self.values["fiscal_year"]).expenditure_rounding
        return [item.request_k(mode) for item in self.items]


def create_proposal(*, draft: ProposalDraft, by: Any) -> Proposal:
    """A new proposal with its lines: each 節 is rounded once by the rule of the year, the rest follows in 千円."""
    requests_k = draft.requests_k()
    funded_k = sum(each["amount_k"] for each in draft.fundings)
    with act(CREATED, by=by):
        proposal = Proposal.objects.create(general_k=general_revenue_k(sum(requests_k), funded_k), **draft.values)
        for order, (item, request_k) in enumerate(zip(draft.items, requests_k, strict=True), start=1):
            _write_item(proposal, item, request_k, order)
        for order, funding in enumerate(draft.fundings, start=1):
            Funding.objects.create(proposal=proposal, order=order, **funding)
        for relation, rows in draft.parts.items():
            for row in rows:
                _write_part(getattr(proposal, relation), row)
    return proposal


def _write_part(rows: Any, values: Mapping[str, Any]) -> None:
    """A row, and below it its own parts, where a value is a list of them."""
    parts = {name: value for name, value in values.items() if isinstance(value, list)}
    row = rows.create(**{name: value for name, value in values.items() if name not in parts})
    for name, own in parts.items():
        for each in own:
            _write_part(getattr(row, name), each)


def _write_item(proposal: Proposal, item: Item, request_k: int, order: int) -> None:
    line = RequestLine.objects.create(
        proposal=proposal,
        expense_item=item.expense_item,
        subitem=item.subitem,
        request_k=request_k,
        previous_initial_k=item.previous_initial_k,
        **item.host,
        order=order,
    )
    for position, cost in enumerate(item.costs, start=1):
        CostLine.objects.create(
            request_line=line,
            order=position,
            amount_yen=cost.amount_yen,
            **{name: getattr(cost, name) for name in cost.__dataclass_fields__},
        )
