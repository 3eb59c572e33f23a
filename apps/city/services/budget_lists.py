"""budget_lists.yaml: what a city sets for its budget request; a city may leave the file out."""

from apps.budget.choices import Anchor, FileEncoding
from apps.budget.models import (
    Account,
    BackwardStep,
    BudgetYear,
    ExpenseHint,
    FinanceFileFormat,
    RevenueItem,
)
from apps.city.services.budget_lines import SOURCES
from apps.city.services.rows import Row
from apps.city.services.session import LoadSession

ANCHORS = {
    "申請締切": Anchor.APPLICATION,
    "事前相談": Anchor.CONSULTATION,
    "予算要求": Anchor.REQUEST,
    "導入計画書": Anchor.PRE_REVIEW,
}
ENCODINGS = {"UTF-8": FileEncoding.UTF8_BOM, "Shift_JIS": FileEncoding.CP932}
LEVELS = ("kan", "kou", "moku", "setsu")


def load_budget_lists(session: LoadSession) -> None:
    """Revenue items, hints for cost lines, steps of the backward plan, file formats, the cost of an hour of staff."""
    document = session.document("budget_lists.yaml")
    for row in document.rows("revenue_items"):
        _revenue_item(session, row)
    _hints(session, document)
    _steps(session, document)
    _formats(session, document)
    for row in document.rows("years"):
        year = row.fiscal_year("fy")
        values = {"hour_yen": row.integer("hour_yen"), "hour_basis": row.text("hour_basis")}
        row.finish()
        session.keep(row, BudgetYear, {"fiscal_year": year}, values)
    document.finish()


def _hints(session: LoadSession, document: Row) -> None:
    for order, row in enumerate(document.rows("expense_hints"), start=1):
        words = row.text("words", required=True)
        values = {
            "item_name": row.text("setsu", required=True),
            "subitem_name": row.text("saisetsu"),
            "advice": row.text("advice", required=True),
            "order": order,
        }
        row.finish()
        session.keep(row, ExpenseHint, {"words": words}, values)


def _steps(session: LoadSession, document: Row) -> None:
    for order, row in enumerate(document.rows("backward_steps"), start=1):
        name = row.text("name", required=True)
        values = {
            "anchor": row.one_of("anchor", ANCHORS),
            "workdays": row.count("workdays"),
            "duration": row.count("duration"),
            "responsible": row.text("responsible"),
            "order": order,
        }
        row.finish()
        session.keep(row, BackwardStep, {"name": name}, values)


def _formats(session: LoadSession, document: Row) -> None:
    for order, row in enumerate(document.rows("finance_formats"), start=1):
        name = row.text("name", required=True)
        values = {
            "encoding": row.one_of("encoding", ENCODINGS),
            "has_header": row.flag("has_header"),
            "amounts_in_yen": row.flag("amounts_in_yen"),
            "columns": row.texts("columns"),
            "order": order,
        }
        row.finish()
        session.keep(row, FinanceFileFormat, {"name": name}, values)


def _revenue_item(session: LoadSession, row: Row) -> None:
    keys = {name: row.text(name) for name in LEVELS}
    values = {f"{name}_name": row.text(f"{name}_name") for name in LEVELS}
    values["source"] = row.one_of("source", SOURCES)
    account = Account.objects.filter(code=row.text("account", required=True)).first()
    row.finish()
    session.keep(row, RevenueItem, {"account": account, **keys}, values)
