"""Taking the export of the finance system over: read, show what it does, write in one act."""

from apps.budget.services.finance_import.planning import Plan, RowState
from apps.budget.services.finance_import.reading import AmountRow, Question, Reading, read_finance_file
from apps.budget.services.finance_import.taking import (
    TakenOver,
    find_finance_file,
    keep_finance_file,
    plan_finance_file,
    take_over_finance_file,
    taken_import,
)

__all__ = [
    "AmountRow",
    "Plan",
    "Question",
    "Reading",
    "RowState",
    "TakenOver",
    "find_finance_file",
    "keep_finance_file",
    "plan_finance_file",
    "read_finance_file",
    "take_over_finance_file",
    "taken_import",
]
