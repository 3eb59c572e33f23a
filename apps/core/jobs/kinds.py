"""The kinds of job that the apps declare."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from apps.core.jobs.work import Work
from apps.core.registry import Registry

# The worker's command names the same ones; a queue that no worker takes would wait for ever.
QUEUES = ("default", "reports", "exports", "mail")

Finish = Callable[[], dict[str, Any]]


class JobRefused(Exception):
    """The work cannot be done, however often it is tried; the message tells the person why."""


@dataclass(frozen=True)
class JobKind:
    """One kind: its name (`reports.make_draft`), its words, its queue, who may ask for it, and the work itself.

    `run` does the slow part and returns `finish`, which is called inside the transaction that sets the job done: what
    it writes is written once or not at all. What it returns becomes `Job.result`; its `url` leads to the result.
    """

    name: str
    label: Any
    queue: str
    run: Callable[[Work], Finish]
    permission: str | None = None

    def __post_init__(self) -> None:
        if self.queue not in QUEUES:
            raise ValueError(f"{self.name}: no worker takes the queue {self.queue!r}, only {', '.join(QUEUES)}")


job_kinds: Registry[JobKind] = Registry()
