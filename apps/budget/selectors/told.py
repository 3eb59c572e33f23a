"""What the budget made of a request, as far as its reader may know: rows carry `decided_k` (`with_stage_shown`)."""

from typing import Any


def told_result(row: Any) -> str:
    """計上, 減額計上, 計上見送り or 次年度へ見送り; nothing before the bill is fixed, or where it is not told."""
    return str(row.get_result_display()) if row.decided_k is not None else ""


def is_decided_otherwise(row: Any) -> bool:
    """Whether what stands is another amount than the request, whose sources are kept as they were asked for."""
    return row.decided_k is not None and row.decided_k != row.request_k
