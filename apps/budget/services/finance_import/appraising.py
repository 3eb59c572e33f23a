"""Appraisals from a file of the finance system: 査定 is not typed twice.

What the file says is written by the flow of the proposals with the checks of the page; entries are only ever added: a
file that says something else writes one more entry, and the one before stays for ever. Cuts need no words here, as the
finance system holds them; what is more than was asked for does, as on the page.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps.budget.models import BudgetStage, ExpenseItem, Proposal
from apps.budget.selectors.stages import Item, appraisal_stages, asked_for, last_entry, standing_amounts
from apps.budget.services.appraisals import refusal_to_appraise
from apps.budget.services.finance_import.headings import REASON


@dataclass(frozen=True)
class ItemChange:
    """A 節 whose amount the appraisal changes."""

    item: Item
    old_k: int
    new_k: int
    is_asked: bool
    # The file does not name it, and what it does not name is zero.
    is_absent: bool


@dataclass(frozen=True)
class EntryPlan:
    """What a file says of one proposal at a stage; `refusal` where it is not appraised so."""

    proposal: Proposal
    stage: BudgetStage
    amounts: Mapping[Item, int]
    standing: Mapping[Item, int]
    # The names of the 節 in the file.
    named: frozenset[str]
    comment: str = ""
    refusal: str = ""
    says_the_same: bool = False

    @property
    def total_k(self) -> int:
        return sum(self.amounts.values())

    @property
    def request_k(self) -> int:
        return sum(asked_for(self.proposal).values())

    @property
    def cut_k(self) -> int:
        """What the appraisal takes away (△) or adds."""
        return self.total_k - self.request_k

    @property
    def is_written(self) -> bool:
        return not self.refusal and not self.says_the_same

    @property
    def changes(self) -> list[ItemChange]:
        """The 節 whose amount is another one than stands now."""
        asked = asked_for(self.proposal)
        return [
            ItemChange(item, old_k, new_k, bool(asked.get(item)), not self._is_named(item))
            for item, new_k in self.amounts.items()
            if (old_k := self.standing.get(item, 0)) != new_k
        ]

    @property
    def zeroed(self) -> list[ItemChange]:
        """Those that become zero because the file does not name them."""
        return [change for change in self.changes if change.is_absent]

    @property
    def kept(self) -> list[Item]:
        """The 節 with an amount that the file does not name, and that stay as they are."""
        return [
            item
            for item, amount_k in self.amounts.items()
            if amount_k and not self._is_named(item) and self.standing.get(item) == amount_k
        ]

    def _is_named(self, item: Item) -> bool:
        return not item.host_code and item.name in self.named


def plan_entries(
    stage: BudgetStage,
    amounts: Iterable[tuple[Proposal, dict[ExpenseItem, int]]],
    comments: Mapping[tuple[str, int], str],
    *,
    zero_absent: bool = False,
) -> list[EntryPlan]:
    """One entry for each proposal that the file names, with the amount of every 節; they come `with_course`.

    What the file does not name of them stays, or is zero where `zero_absent` says so.
    """
    stages = appraisal_stages()
    entries = []
    for proposal, wanted in amounts:
        words = [
            f"{item}：{said}"
            for item in wanted
            if (said := comments.get((proposal.project_code, item.item_number), ""))
        ]
        given = _amounts(standing_amounts(proposal), wanted, zero_absent=zero_absent)
        entries.append(_planned(stage, stages, proposal, wanted, given, "\n".join(words)))
    return entries


def _planned(
    stage: BudgetStage,
    stages: Sequence[BudgetStage],
    proposal: Proposal,
    wanted: Mapping[ExpenseItem, int],
    amounts: Mapping[Item, int],
    comment: str,
) -> EntryPlan:
    standing, last = standing_amounts(proposal), last_entry(proposal)
    same = (
        bool(wanted)
        and proposal.stage_id == stage.pk
        and last is not None
        and comment in ("", last.comment)
        and amounts == standing
    )
    refusal = ""
    if not same:
        refusal = refusal_to_appraise(proposal, stage, stages) or _refusal_of_file(proposal, wanted, amounts, comment)
    named = frozenset(item.name for item in wanted)
    return EntryPlan(proposal, stage, amounts, standing, named, comment, refusal, same)


def _refusal_of_file(
    proposal: Proposal, wanted: Mapping[ExpenseItem, int], amounts: Mapping[Item, int], comment: str
) -> str:
    """Why what the file says of a proposal is no appraisal; nothing where it is one."""
    if not wanted:
        return _("None of its rows names an expense item of that year.")
    more = [] if comment else _more_than_asked(proposal, amounts)
    if not more:
        return ""
    said = {"names": "、".join(map(str, more)), "column": REASON}
    return _("This is more than was asked for: %(names)s. Say why in the column “%(column)s” of the file.") % said


def _more_than_asked(proposal: Proposal, amounts: Mapping[Item, int]) -> list[Item]:
    """The 節 that are given more than was asked for.

    One that stands so has its words already. One for which nothing was asked takes from the others, unless the whole
    becomes more than was asked for.
    """
    asked, standing = asked_for(proposal), standing_amounts(proposal)
    is_more_in_all = sum(amounts.values()) > sum(asked.values())
    return [
        item
        for item, amount_k in amounts.items()
        if amount_k > asked.get(item, 0) and amount_k != standing.get(item, 0) and (asked.get(item) or is_more_in_all)
    ]


def _amounts(standing: Mapping[Item, int], wanted: Mapping[ExpenseItem, int], *, zero_absent: bool) -> dict[Item, int]:
    """Every 節: the own ones as the file says, those inside another project as they stand."""
    by_name = {item.name: (item, amount_k) for item, amount_k in wanted.items()}
    named = set(by_name)
    found = {}
    for item, standing_k in standing.items():
        if item.host_code or (item.name not in named and not zero_absent):
            found[item] = standing_k
        else:
            found[item] = by_name.pop(item.name, (None, 0))[1]
    more = {Item("", item.item_number, item.name, item.pk): amount_k for item, amount_k in by_name.values() if amount_k}
    return dict(sorted({**found, **more}.items()))
