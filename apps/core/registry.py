"""One pattern for what an app offers to others: it is declared under a name, once, and read in order.

Upper apps declare; lower apps and pages read. So a hurdle's page can show the proposals that serve it without
`hurdles` ever importing `budget`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from apps.core import clock
from apps.core.fiscal import FiscalYear


class Named(Protocol):
    @property
    def name(self) -> str: ...


Entry = TypeVar("Entry", bound=Named)


class Registry(Generic[Entry]):
    """Entries by name, in the order in which they were declared."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}

    def add(self, entry: Entry) -> Entry:
        if self._entries.get(entry.name, entry) != entry:
            raise ValueError(f"{entry.name} is declared twice")
        self._entries[entry.name] = entry
        return entry

    def __getitem__(self, name: str) -> Entry:
        return self._entries[name]

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def __contains__(self, name: str) -> bool:
        return name in self._entries


@dataclass(frozen=True)
class Event:
    """Something that can happen to a record: its name in the history and the words for it."""

    name: str
    label: Any


@dataclass(frozen=True)
class Machine:
    """What acts by itself: the name that the history keeps, and the words for it."""

    name: str
    label: Any


@dataclass(frozen=True)
class Standpoint:
    """From where a figure is asked: what this person may see, and which fiscal year is the present one."""

    user: Any
    year: FiscalYear


def standpoint_today(user: Any) -> Standpoint:
    """The standpoint of a page: the person who looks, in the fiscal year of today."""
    return Standpoint(user, FiscalYear.of(clock.today()))


@dataclass(frozen=True)
class Figure:
    """The definition of a number that is shown anywhere.

    `count` gives the value or, for a breakdown, rows of {label, value, url}; `unit` and `definition` are said beside
    it; `link` is the address of the list that it counts, with its filters; `records` gives the records that it counts,
    where it counts records, so that a report can keep their numbers.
    """

    name: str
    label: Any
    unit: Any
    definition: Any
    count: Callable[[Standpoint], Any]
    link: Callable[[Standpoint], str]
    records: Callable[[Standpoint], Any] | None = None


@dataclass(frozen=True)
class Panel:
    """What an upper app shows on a lower app's page: `context(record, user)` feeds `template`."""

    name: str
    page: str
    template: str
    context: Callable[[Any, Any], dict[str, Any] | None] = field(compare=False)


@dataclass(frozen=True)
class PageAct:
    """What an upper app lets people do from a lower app's page: a link to its own page `address(record)`.

    The page asks `permission` about the record; `makes_sense` says whether there is anything to do now.
    """

    name: str
    page: str
    label: Any
    permission: str
    address: Callable[[Any], str] = field(compare=False)
    makes_sense: Callable[[Any], bool] = field(compare=False, default=lambda _record: True)


events: Registry[Event] = Registry()
machines: Registry[Machine] = Registry()
figures: Registry[Figure] = Registry()
panels: Registry[Panel] = Registry()
page_acts: Registry[PageAct] = Registry()


def panels_for(page: str, record: Any, user: Any) -> list[dict[str, Any]]:
    """The panels of a page that have something to show, each with its template."""
    shown = ((panel, panel.context(record, user)) for panel in panels if panel.page == page)
    return [{"template": panel.template, **context} for panel, context in shown if context is not None]


def acts_for(page: str, record: Any) -> list[PageAct]:
    """What upper apps offer on a page now, whoever looks."""
    return [each for each in page_acts if each.page == page and each.makes_sense(record)]
