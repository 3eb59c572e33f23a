"""What a person or a unit holds: each app declares it in its `holdings.py`.

The handover lists what a leaver holds and moves it to the successor; the preview of a reorganisation counts what a
unit holds. A source asks the database a constant number of times, however many people it is asked about.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from apps.core.registry import Registry


@dataclass(frozen=True)
class Holding:
    """One thing that a person holds. `key` is its own within the source; `unit` is where the post is, if it has one."""

    person: int
    key: str
    title: str
    note: str = ""
    url: str = ""
    unit: int | None = None


@dataclass(frozen=True)
class HoldingSource:
    """One kind of thing that people hold.

    `held(people, day)` says what they hold on the eve of the day on which others take over. `pass_on` moves one thing
    within the act of the handover; without it the thing follows the post or the unit by itself and is only listed.
    """

    name: str
    label: Any
    held: Callable[[Collection[Any], date], Iterable[Holding]]
    pass_on: Callable[..., None] | None = None


@dataclass(frozen=True)
class UnitHoldings:
    """How many of one kind of thing the units of these ids hold, for `user` to see."""

    name: str
    label: Any
    count: Callable[[Collection[int], Any], int]


holding_sources: Registry[HoldingSource] = Registry()
unit_holdings: Registry[UnitHoldings] = Registry()
