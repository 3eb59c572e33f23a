"""What waits for a person: each app declares in its `waits.py` which acts it waits for, and "My work" reads them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from apps.core import clock
from apps.core.registry import Registry


@dataclass(frozen=True)
class Task:
    """One thing that waits: what, why, since when or until when, and the button that says the act."""

    title: str
    note: str
    url: str
    action: str
    since: Any = None
    due: date | None = None

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due < clock.today()


@dataclass(frozen=True)
class TaskSource:
    """One rule: its name, and what it makes wait for a person. It asks the database a constant number of times."""

    name: str
    tasks: Callable[[Any], Iterable[Task]]


task_sources: Registry[TaskSource] = Registry()


def tasks_of(user: Any) -> list[Task]:
    """What waits for this person: what is due comes first, by its day, then the rest, the oldest first."""
    tasks = [task for source in task_sources for task in source.tasks(user)]
    return sorted(tasks, key=lambda task: (task.due is None, str(task.due or ""), str(task.since or "")))
