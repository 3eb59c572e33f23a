"""Who acted and why: every service wraps its writes in `act`, one entry of actor, verb and reason."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pghistory
from django.db import transaction
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.registry import Event, Machine, events, machines


def declare_event(name: str, label: Any) -> Event:
    """Names something that services do: `hurdles.hurdle.submitted`."""
    return events.add(Event(name, label))


def declare_machine(name: str, label: Any) -> str:
    """Names something that acts by itself: `load_city`. The history tells its words and keeps its name."""
    return machines.add(Machine(name, label)).name


# Migrations that bring what was there into a new form.
UPGRADE = declare_machine("upgrade", gettext_lazy("Upgrade of the portal"))


@contextmanager
def act(event: Event, *, by: Any, reason: str = "") -> Iterator[None]:
    """One act of a person or a machine: all of it or nothing, and one entry in the history.

    `by` is a user, or the name of a machine such as `load_city` (`declare_machine`).
    """
    actor = {"machine": by} if isinstance(by, str) else {"actor": by.pk, "actor_name": by.name}
    # The portal's clock, not the database's: the demo city lives in October 2022.
    at = clock.now().isoformat()
    with transaction.atomic(), pghistory.context(event=event.name, reason=reason, at=at, **actor):
        yield
