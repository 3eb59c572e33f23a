"""The words that a city's own form may hold in braces, and what each becomes. A closed list: nothing else is read.

`{{ 事業名 }}` stands for one value, `{{ 積算.金額 }}` for one value of each line: its row is repeated.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.choices import Source
from apps.budget.selectors.appraisal import OPEN_STAGES
from apps.budget.selectors.proposals import yen_totals
from apps.core import clock, wareki

Value = str | int | Decimal | None


@dataclass(frozen=True)
class Filling:
    """One proposal as a form shows it; `assessed` gives the appraised amounts by line, None where they are hidden.

    `beyond_k` is what the appraisal gives for 節 for which there is no line. Before the appraisal nothing is said of
    it: what is asked for is no 査定額.
    """

    proposal: Any
    assessed: dict[int, int] | None
    beyond_k: int = 0

    @property
    def is_before_appraisal(self) -> bool:
        """Whether the proposal has not come to its appraisal, or has left it: everybody may know that."""
        return self.proposal.stage.kind in OPEN_STAGES

    def assessed_k(self, line: Any) -> Value:
        if self.is_before_appraisal:
            return None
        if self.assessed is None:
            return _("Under appraisal")
        return self.assessed.get(line.pk, line.request_k)

    @property
    def assessed_total_k(self) -> Value:
        if self.is_before_appraisal:
            return None
        if self.assessed is None:
            return _("Under appraisal")
        return self.beyond_k + sum(int(self.assessed_k(line) or 0) for line in self.proposal.request_lines.all())


@dataclass(frozen=True)
class Word:
    """A word of the list: in Japanese, as identifier, and what it stands for in a filling (or in one of its lines)."""

    name: str
    identifier: str
    value: Callable[..., Value]
    group: str = ""

    @property
    def label(self) -> str:
        return f"{GROUPS[self.group][0]}.{self.name}" if self.group else self.name

    @property
    def code(self) -> str:
        return f"{self.group}.{self.identifier}" if self.group else self.identifier


def _of(path: str) -> Callable[[Filling], Value]:
    def read(filling: Filling) -> Value:
        value: Any = filling.proposal
        for name in path.split("."):
            value = getattr(value, name, None)
        return value if isinstance(value, int | Decimal) or value is None else str(value)

    return read


def _sum(column: str) -> Callable[[Filling], Value]:
    return lambda filling: sum(getattr(line, column) or 0 for line in filling.proposal.request_lines.all())


def _yen(name: str) -> Callable[[Filling], Value]:
    return lambda filling: yen_totals(filling.proposal)[name]


def _specific(filling: Filling) -> Value:
    return sum(getattr(filling.proposal, f"{source.value}_k") for source in Source)


SCALARS = (
    Word("年度", "fiscal_year", lambda filling: filling.proposal.fiscal_year.label),
    Word("会計", "account", _of("budget_item.account.name")),
    Word("会計コード", "account_code", _of("budget_item.account.code")),
    Word("款", "kan", _of("budget_item.kan_name")),
    Word("款コード", "kan_code", _of("budget_item.kan")),
    Word("項", "kou", _of("budget_item.kou_name")),
    Word("項コード", "kou_code", _of("budget_item.kou")),
    Word("目", "moku", _of("budget_item.moku_name")),
    Word("目コード", "moku_code", _of("budget_item.moku")),
    Word("大事業", "project_group", _of("budget_item.group_name")),
    Word("事業コード", "project_code", _of("project_code")),
    Word("事業名", "project_name", _of("name")),
    Word("要求番号", "number", _of("number")),
    Word("要求区分", "kind", lambda filling: filling.proposal.get_kind_display()),
    Word("所属", "unit", _of("requesting_unit.name")),
    Word("所属コード", "unit_code", _of("requesting_unit.code")),
    Word("目的", "purpose", _of("purpose")),
    Word("事業概要", "outline", _of("outline")),
    Word("根拠法令", "legal_basis", _of("legal_basis")),
    Word("要求額", "request_k", _of("request_k")),
    Word("前年度当初予算額", "previous_k", _of("previous_k")),
    Word("前年度決算額", "settled_k", _sum("settled_k")),
    Word("本年度現計予算額", "current_k", _sum("current_k")),
    Word("比較増減", "change_k", _of("change_k")),
    Word("国庫支出金", "national_k", _of("national_k")),
    Word("県支出金", "prefecture_k", _of("prefecture_k")),
    Word("地方債", "bond_k", _of("bond_k")),
    Word("その他特定財源", "other_k", _of("other_k")),
    Word("特定財源計", "specific_k", _specific),
    Word("一般財源", "general_k", _of("general_k")),
    Word("特別交付税算定見込", "allocation_k", _of("allocation_k")),
    Word("査定額", "assessed_k", lambda filling: filling.assessed_total_k),
    Word("イニシャル", "initial_yen", _yen("initial_yen")),
    Word("ランニング", "running_yen", _yen("running_yen")),
    Word("積算計", "total_yen", _yen("total_yen")),
    Word("市民への効果", "citizen_effect", _of("citizen_effect")),
    Word("削減時間", "hours_saved", _of("hours_saved")),
    Word("作成日", "printed_on", lambda filling: wareki.format_date(clock.today())),
)
COST = (
    Word("節番号", "item_number", lambda filling, row: row[0].expense_item.item_number, "cost"),
    Word("節", "item", lambda filling, row: row[0].expense_item.name, "cost"),
    Word("細節", "subitem", lambda filling, row: row[1].subitem or row[0].subitem, "cost"),
    Word("内容", "description", lambda filling, row: row[1].description, "cost"),
    Word("単価", "unit_price_yen", lambda filling, row: row[1].unit_price_yen.normalize() + 0, "cost"),
    Word("数量", "quantity", lambda filling, row: row[1].quantity.normalize() + 0, "cost"),
    Word("単位", "unit", lambda filling, row: row[1].unit, "cost"),
    Word("月数", "months", lambda filling, row: row[1].months, "cost"),
    Word("税率", "tax_percent", lambda filling, row: row[1].tax_percent, "cost"),
    Word("金額", "amount_yen", lambda filling, row: row[1].amount_yen, "cost"),
    Word("区分", "kind", lambda filling, row: row[1].get_kind_display(), "cost"),
    Word("補助対象", "eligible", lambda filling, row: "○" if row[1].eligible else "", "cost"),
)
ITEM = (
    Word("節番号", "item_number", lambda filling, row: row.expense_item.item_number, "item"),
    Word("節", "item", lambda filling, row: row.expense_item.name, "item"),
    Word("細節", "subitem", lambda filling, row: row.subitem, "item"),
    Word("要求額", "request_k", lambda filling, row: row.request_k, "item"),
    Word("前年度当初予算額", "previous_k", lambda filling, row: row.previous_initial_k, "item"),
    Word("前年度決算額", "settled_k", lambda filling, row: row.settled_k, "item"),
    Word("本年度現計予算額", "current_k", lambda filling, row: row.current_k, "item"),
    Word("比較増減", "change_k", lambda filling, row: row.request_k - row.previous_initial_k, "item"),
    Word("査定額", "assessed_k", lambda filling, row: filling.assessed_k(row), "item"),
)
FUNDING = (
    Word("区分", "source", lambda filling, row: row["source"], "funding"),
    Word("名称", "name", lambda filling, row: row["name"], "funding"),
    Word("金額", "amount_k", lambda filling, row: row["amount_k"], "funding"),
    Word("根拠", "basis", lambda filling, row: row["basis"], "funding"),
    Word("状況", "status", lambda filling, row: row["status"], "funding"),
    Word("不採択時の扱い", "if_not_adopted", lambda filling, row: row["if_not_adopted"], "funding"),
)
# Group: its word, and what one row of it is.
GROUPS: dict[str, tuple[str, Any]] = {
    "cost": ("積算", gettext_lazy("a row for each cost line, in yen")),
    "item": ("節別", gettext_lazy("a row for each expense item, in thousand yen")),
    "funding": ("財源", gettext_lazy("a row for each source, general revenue last, in thousand yen")),
}
WORDS = (*SCALARS, *COST, *ITEM, *FUNDING)
REQUIRED = ("project_name", "request_k")
_BY_NAME = {name: word for word in WORDS for name in (word.label, word.code)}


def find_word(typed: str) -> Word | None:
    """The word that is meant; width and blanks do not matter."""
    return _BY_NAME.get("".join(unicodedata.normalize("NFKC", typed).split()))


def rows_of(filling: Filling, group: str) -> list[Any]:
    """The lines of a group, in the order of the proposal."""
    lines = list(filling.proposal.request_lines.all())
    if group == "item":
        return lines
    if group == "cost":
        return [(line, cost) for line in lines for cost in line.cost_lines.all()]
    return [_source_row(each) for each in filling.proposal.fundings.all()] + [_general_row(filling)]


def _source_row(funding: Any) -> dict[str, Any]:
    return {
        "source": funding.get_source_display(),
        "name": funding.name,
        "amount_k": funding.amount_k,
        "basis": funding.basis,
        "status": funding.get_status_display(),
        "if_not_adopted": funding.get_if_not_adopted_display(),
    }


def _general_row(filling: Filling) -> dict[str, Any]:
    empty = dict.fromkeys(("name", "basis", "status", "if_not_adopted"), "")
    return {**empty, "source": _("General revenue"), "amount_k": filling.proposal.general_k}
