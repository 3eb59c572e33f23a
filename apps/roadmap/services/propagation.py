"""What moves behind what: a plan, its finish-to-start links, and some new dates. No database; dates in, dates out.

A successor begins after the last day of all that it needs. What begins too early moves, later and never earlier, to the
first working day after the latest of these ends, and keeps its length in working days: every start is the longest way
to it. What is pinned stays, and so passes nothing on.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from apps.core.workdays import after_workdays, count_workdays

# An initiative, and another one that it needs first.
Link = tuple[int, int]


@dataclass(frozen=True)
class Span:
    """From a day to a day; either may be unknown."""

    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True)
class Item:
    """One initiative of the plan. `pinned`: nothing moves it. `closed`: it waits for nobody and holds nobody up."""

    span: Span
    pinned: bool = False
    closed: bool = False

    @property
    def stays(self) -> bool:
        return self.pinned or self.closed or self.span.starts_on is None or self.span.ends_on is None


@dataclass(frozen=True)
class Propagation:
    """The new spans of what moves behind, with what each moved behind, and the links that do not fit then.

    `stopped` are those in the way that stay where they are.
    """

    spans: dict[int, Span] = field(default_factory=dict)
    behind: dict[int, int] = field(default_factory=dict)
    conflicts: list[Link] = field(default_factory=list)
    stopped: list[int] = field(default_factory=list)


class Circle(ValueError):
    """The links run in a circle: `path` begins and ends at the same initiative, each one needs the next."""

    def __init__(self, path: list[int]) -> None:
        super().__init__(" → ".join(map(str, path)))
        self.path = path


def propagate(items: Mapping[int, Item], links: Collection[Link], changed: Mapping[int, Span]) -> Propagation:
    """What the changed spans make of the rest of the plan. Raises Circle where links below them run in a circle."""
    plan = {**items, **{key: replace(items[key], span=span) for key, span in changed.items()}}
    needs = _by_first(links)
    reached, stopped = _reached(plan, _by_first((second, first) for first, second in links), changed)
    result = Propagation(stopped=sorted(stopped))
    for key in _in_order(reached, needs):
        latest = max(_ends(plan, needs[key], {*changed, *result.spans}), default=None)
        if latest and _begins_too_early(plan[key].span, latest[0]):
            result.spans[key] = moved_behind(plan[key].span, latest[0])
            result.behind[key] = -latest[2]
            plan[key] = replace(plan[key], span=result.spans[key])
    result.conflicts.extend(conflicts_of(plan, links))
    return result


def conflicts_of(items: Mapping[int, Item], links: Iterable[Link]) -> list[Link]:
    """The links that do not fit: an open initiative begins on or before the last day of an open one that it needs."""
    return sorted(
        (key, needed)
        for key, needed in links
        if not (items[key].closed or items[needed].closed)
        and (end := items[needed].span.ends_on) is not None
        and _begins_too_early(items[key].span, end)
    )


def moved_behind(span: Span, day: date) -> Span:
    """The span from the first working day after `day` on, as many working days long; it never ends earlier."""
    first, last = span.starts_on, span.ends_on
    if first is None or last is None:
        raise ValueError("what has no dates does not move")
    start = after_workdays(day, 1)
    end = after_workdays(start, max(count_workdays(first, last), 1) - 1)
    return Span(start, max(end, last))


def find_circle(links: Iterable[Link], new: Link) -> list[int]:
    """The circle that a new link would close, from its initiative back to it; empty where it closes none."""
    needs = _by_first(links)
    key, needed = new
    came_from: dict[int, int] = {needed: key}
    waiting = [needed]
    while waiting and key not in came_from:
        here = waiting.pop()
        for each in needs[here]:
            if each not in came_from:
                came_from[each] = here
                waiting.append(each)
    if needed == key:
        return [key, key]
    return _way_back(came_from, key) if key in came_from else []


def _way_back(came_from: Mapping[int, int], key: int) -> list[int]:
    path = [key, came_from[key]]
    while path[-1] != key:
        path.append(came_from[path[-1]])
    return path[::-1]


def _by_first(links: Iterable[Link]) -> defaultdict[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for first, second in links:
        found[first].append(second)
    return found


def _begins_too_early(span: Span, end: date) -> bool:
    return span.starts_on is not None and span.starts_on <= end


def _ends(plan: Mapping[int, Item], needed: Iterable[int], moved: Collection[int]) -> list[tuple[date, bool, int]]:
    """When what is needed ends; of equal ones that which has moved itself counts, then the first."""
    return [
        (end, key in moved, -key)
        for key in needed
        if not plan[key].closed and (end := plan[key].span.ends_on) is not None
    ]


def _reached(
    plan: Mapping[int, Item], needed_by: Mapping[int, list[int]], changed: Collection[int]
) -> tuple[set[int], set[int]]:
    """What lies behind the changed ones and may move, and what stands in the way and stays."""
    reached: set[int] = set()
    stopped: set[int] = set()
    waiting = [key for key in changed if not plan[key].closed]
    while waiting:
        for key in needed_by.get(waiting.pop(), ()):
            if key in changed or key in reached or plan[key].closed:
                continue
            if plan[key].stays:
                stopped.add(key)
            else:
                reached.add(key)
                waiting.append(key)
    return reached, stopped


def _in_order(keys: Collection[int], needs: Mapping[int, list[int]]) -> list[int]:
    """The keys so that each comes after those that it needs (Kahn 1962). Raises Circle."""
    left = {key: {each for each in needs.get(key, ()) if each in keys} for key in keys}
    waited_by = _by_first((needed, key) for key, needed_ones in left.items() for needed in needed_ones)
    ready = sorted((key for key, needed in left.items() if not needed), reverse=True)
    order: list[int] = []
    while ready:
        order.append(key := ready.pop())
        for each in sorted(waited_by[key], reverse=True):
            left[each].discard(key)
            if not left[each]:
                ready.append(each)
    if len(order) < len(keys):
        rest = {key: sorted(needed) for key, needed in left.items() if needed}
        raise Circle(_circle_in(rest))
    return order


def _circle_in(needs: Mapping[int, list[int]]) -> list[int]:
    """A circle among keys of which each needs another one of them."""
    path = [min(needs)]
    while needs[path[-1]][0] not in path:
        path.append(needs[path[-1]][0])
    again = needs[path[-1]][0]
    return [*path[path.index(again) :], again]
