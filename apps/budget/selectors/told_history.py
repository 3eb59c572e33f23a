"""What the history of a proposal tells: until the result of the year is told, nothing of the appraisal.

Amounts and words stand in the stage entries, which are no part of the history; here go the acts themselves and the
names of the stages.
"""

from collections.abc import Mapping
from typing import Any

from django.db import models

from apps.budget.models import BudgetStage, ExpenseItem, Proposal, RequestLine
from apps.budget.selectors.appraisal import OPEN_STAGES, under_appraisal
from apps.core.history import Entry, OtherWords, event_model_of

# Acts of which only those know who see the appraisal.
APPRAISAL_ACTS = frozenset(
    f"budget.proposal.{act}" for act in ("heard", "appraised", "appraisals_taken", "held", "resumed")
)


def told_entries(entries: list[Entry], *, sees: bool) -> list[Entry]:
    """The entries of the history for who sees the appraisal, or does not."""
    return [entry for entry in entries if sees or entry.event not in APPRAISAL_ACTS]


def told_words(proposal: Proposal, *, sees: bool) -> OtherWords:
    """「査定中」 for stages that are not told to who does not see the appraisal; the 節 of the lines by name."""

    def words(model: type[models.Model], found: Mapping[Any, Any]) -> Mapping[Any, str]:
        if model is RequestLine:
            return _lines_of(proposal)
        return _hide_stages(found) if model is BudgetStage and not sees else {}

    return words


def _hide_stages(found: Mapping[Any, Any]) -> Mapping[Any, str]:
    return {key: under_appraisal() for key, stage in found.items() if stage.kind not in OPEN_STAGES}


def _lines_of(proposal: Proposal) -> Mapping[Any, str]:
    """Every request line that there ever was, by its last words: those that are gone, too; two queries."""
    events = event_model_of(RequestLine)._default_manager.filter(proposal=proposal).order_by("pgh_id")
    rows = list(events.values_list("pgh_obj_id", "expense_item_id", "subitem"))
    items = ExpenseItem.objects.in_bulk({item for _line, item, _subitem in rows})
    return {line: f"{items.get(item, '')} {subitem}".strip() for line, item, subitem in rows}
