"""The cost sheet of one proposal as it stands: its cost lines, the bases it is compared with, and where lines stand."""

from dataclasses import dataclass, field
from typing import Any

from apps.budget.models import CostLine, ExpenseHint, ExpenseItem, ExpenseSubitem, Proposal, RequestLine
from apps.budget.selectors.proposals import visible_to
from apps.organization.choices import RoundingPer
from apps.organization.models import FiscalYearRules
from apps.organization.selectors import rules_of

Key = tuple[str, int, str | None]


def key_of(rules: FiscalYearRules, *, host_code: str, expense_item_id: int, subitem: str) -> Key:
    """Which cost lines are rounded together: those of one 節, or of one 細節 where the year says so."""
    return host_code, expense_item_id, subitem if rules.expenditure_per == RoundingPer.SUBITEM else None


@dataclass
class SavedSheet:
    """All lines of a proposal, and those of them that are rounded together by the rules of its year."""

    proposal: Proposal
    rules: FiscalYearRules
    lines: list[RequestLine]
    groups: dict[Key, list[RequestLine]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for line in self.lines:
            self.groups.setdefault(self.key(line), []).append(line)

    def key(self, line: RequestLine) -> Key:
        return key_of(self.rules, host_code=line.host_code, expense_item_id=line.expense_item_id, subitem=line.subitem)

    @property
    def costs(self) -> list[tuple[RequestLine, CostLine]]:
        return [(line, cost) for line in self.lines for cost in line.cost_lines.all()]


def sheet_of(proposal: Proposal) -> SavedSheet:
    """The sheet of a proposal, in a constant number of queries."""
    lines = RequestLine.objects.filter(proposal=proposal).select_related("expense_item").prefetch_related("cost_lines")
    return SavedSheet(proposal, rules_of(proposal.fiscal_year), list(lines))


def hints() -> list[dict[str, Any]]:
    """Where the city usually books what: words of a description, the 節, and why."""
    return [
        {
            "words": [word.strip() for word in hint.words.split("、") if word.strip()],
            "item": hint.item_name,
            "subitem": hint.subitem_name,
            "advice": hint.advice,
        }
        for hint in ExpenseHint.objects.all()
    ]


def subitems_of(items: list[ExpenseItem]) -> dict[str, list[str]]:
    """The usual 細節 by the name of their 節, of the items of a year."""
    found: dict[str, list[str]] = {}
    for row in ExpenseSubitem.objects.filter(item_name__in=[item.name for item in items]):
        found.setdefault(row.item_name, []).append(row.name)
    return found


def year_before(proposal: Proposal, user: Any) -> Proposal | None:
    """The proposal of the same project in the year before, where `user` sees it."""
    if not proposal.project_code:
        return None
    same = visible_to(user).filter(project_code=proposal.project_code, fiscal_year=proposal.fiscal_year.previous)
    return same.first()
