"""What hangs on a proposal, asked for once more a year later: every fiscal year in it is the one after."""

from typing import Any

from django.db.models import Model

from apps.budget.models import Proposal
from apps.core.fiscal import FiscalYear

# By relation the parts of each row; what was measured meanwhile, the steps and the days of a call stay behind.
PARTS: dict[str, tuple[str, ...]] = {
    "evidence": (),
    "workload_links": (),
    "outcomes": (),
    "debt_burdens": (),
    "future_costs": (),
    "continuing_costs": ("years",),
    "long_contracts": (),
    "carryovers": (),
}


def parts_a_year_later(proposal: Proposal) -> dict[str, list[dict[str, Any]]]:
    """Rows by relation for the draft of the next year."""
    return {name: _rows(getattr(proposal, name), below) for name, below in PARTS.items()}


def _rows(related: Any, below: tuple[str, ...]) -> list[dict[str, Any]]:
    above = related.field.name
    return [{**_values(row, above), **{name: _rows(getattr(row, name), ()) for name in below}} for row in related.all()]


def _values(row: Model, above: str) -> dict[str, Any]:
    """What the row says, but for its key and for what it hangs on."""
    names = (each.name for each in row._meta.concrete_fields if not each.primary_key and each.name != above)
    return {name: _later(getattr(row, name)) for name in names}


def _later(value: Any) -> Any:
    return value.next if isinstance(value, FiscalYear) else value
