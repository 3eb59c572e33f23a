"""What hurdles show on the pages of lower apps."""

from typing import Any

from apps.core.registry import Panel, panels
from apps.hurdles.selectors import hurdle_list


def _of_task(entry: Any, user: Any) -> dict[str, Any] | None:
    """The hurdles that name a task of the workload survey; nothing where there are none to see."""
    hurdles = list(hurdle_list(user).filter(workload=entry).order_by("number", "pk"))
    return {"hurdles": hurdles} if hurdles else None


panels.add(Panel("hurdles.of_task", "organization:workload-detail", "hurdles/task_panel.html", _of_task))
