"""budget_proposals.yaml: the stages that a proposal has reached, with what was appraised of each 節."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from apps.budget.models import BudgetStage, Proposal, StageAmount, StageEntry
from apps.city.services.budget_lines import ExpenseItems, read_expense_item
from apps.city.services.rows import Row
from apps.city.services.session import LoadSession, Part
from apps.organization.models import User


@dataclass
class Reached:
    """A stage on its day, with its amounts by 節 where the file gives them."""

    entry: StageEntry
    row: Row
    amounts: list[Part] = field(default_factory=list)


def read_stages(session: LoadSession, row: Row, stages: dict[str, BudgetStage], known: ExpenseItems) -> list[Reached]:
    """Every stage that the file knows, by day; the stage that it states is that of the last of them."""
    reached = [Reached(_entry(session, each, stages), each) for each in row.rows("events")]
    reached.sort(key=lambda each: each.entry.date)
    for lines in row.rows("assessed_lines"):
        _read_amounts(lines, reached, known)
    if reached:
        row.compare("stage", reached[-1].row.text("stage"))
    return reached


def write_stages(session: LoadSession, proposal: Proposal, reached: list[Reached]) -> None:
    for each in reached:
        each.entry.proposal = proposal
        session.part(each.entry, each.row)
        for amount, row in each.amounts:
            amount.entry = each.entry
            session.part(amount, row)


def _entry(session: LoadSession, row: Row, stages: dict[str, BudgetStage]) -> StageEntry:
    entry = StageEntry(
        stage=stages.get(row.text("stage", required=True)),
        date=row.first_day("date"),
        actor=session.keys_of(User).get(row.text("actor", required=True)),
        amount_k=row.count("amount_k"),
        comment=row.text("comment"),
    )
    row.finish()
    return entry


def _read_amounts(row: Row, reached: list[Reached], known: ExpenseItems) -> None:
    """The 節 of one stage: their sum is the amount of the stage on that day."""
    stage, day = row.text("stage", required=True), row.day("date", required=True)
    amounts: list[Part] = [(_amount(each, known), each) for each in row.rows("lines")]
    total_k = sum(amount.assessed_k for amount, _row in amounts)
    row.compare("total_k", total_k)
    row.finish()
    found = [each for each in reached if (each.row.text("stage"), each.entry.date) == (stage, day)]
    if not found:
        row.fault("date", _("there is no event of “%(stage)s” on %(day)s") % {"stage": stage, "day": day})
    for each in found:
        each.row.compare("amount_k", total_k)
        each.amounts = amounts


def _amount(row: Row, known: ExpenseItems) -> StageAmount:
    amount = StageAmount(
        expense_item=read_expense_item(row, known),
        subitem=row.text("saisetsu"),
        request_k=row.count("request_k"),
        assessed_k=row.count("assessed_k"),
    )
    row.compare("diff_k", amount.assessed_k - amount.request_k)
    row.finish()
    return amount
