"""What is saved, as it stands in the cells of the cost sheet."""

from typing import Any

from apps.budget.models import CostLine, RequestLine
from apps.budget.services.costs import Base
from apps.core import money


def cells_of(line: RequestLine, cost: CostLine) -> dict[str, str]:
    """A saved cost line as it stands in the cells."""
    return {
        "item": str(line.expense_item),
        "subitem": cost.subitem,
        "description": cost.description,
        "price": money.number(plain_number(cost.unit_price_yen)),
        "quantity": money.number(plain_number(cost.quantity)),
        "unit": cost.unit,
        "months": str(cost.months),
        "tax": str(cost.tax_percent or ""),
        "kind": cost.kind,
        "eligible": "1" if cost.eligible else "",
        "host": line.host_code,
    }


def plain_number(value: Any) -> Any:
    """Without the zeros behind the point: 2, 0.5."""
    return int(value) if value == int(value) else value.normalize()


def base_cells(base: Base) -> dict[str, str]:
    amounts = {"settled": base.settled_k, "current": base.current_k, "previous": base.previous_initial_k}
    return {
        "item": str(base.expense_item),
        "subitem": base.subitem,
        "host": base.host_code,
        **{name: "" if amount is None else money.number(amount) for name, amount in amounts.items()},
    }


def host_cells(line: RequestLine) -> dict[str, str]:
    return {
        "code": line.host_code,
        "name": line.host_name,
        "item": str(line.host_item_id or ""),
        "unit": str(line.host_unit_id or ""),
    }
