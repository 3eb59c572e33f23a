"""What moves behind what: the longest way, never a circle, once is enough. No database."""

from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.core.workdays import count_workdays, is_workday
from apps.roadmap.services.propagation import Circle, Item, Propagation, Span, conflicts_of, find_circle, propagate

FIRST = date(2022, 4, 1)
MOST = 8


def span(first: date, last: date) -> Span:
    return Span(first, last)


spans = st.builds(
    lambda start, length: Span(FIRST + timedelta(days=start), FIRST + timedelta(days=start + length)),
    st.integers(0, 900),
    st.integers(0, 500),
)
items = st.builds(Item, spans, pinned=st.sampled_from([False, False, False, True]), closed=st.just(False))
maybe = st.one_of(
    items,
    items,
    st.builds(Item, spans, closed=st.just(True)),
    st.builds(Item, st.builds(lambda each: Span(None, each.ends_on), spans)),
)
plans = st.lists(maybe, min_size=2, max_size=MOST).map(lambda each: dict(enumerate(each)))


@st.composite
def planned(draw):
    """A plan without circles (what is needed has the smaller key), and new dates of one or two of its initiatives."""
    plan = draw(plans)
    pairs = [(key, needed) for key in plan for needed in range(key)]
    links = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=14))
    changed = draw(st.dictionaries(st.sampled_from(sorted(plan)), spans, min_size=1, max_size=2))
    return plan, links, changed


def by_longest_way(plan, links, changed):
    """The same, by recursion from the end: the latest of all ways that lead to an initiative."""
    stays = {key for key, item in plan.items() if item.stays or key in changed}

    @cache
    def is_below(key: int) -> bool:
        """Whether a way from a changed one leads here over such as move."""
        return any(
            (needed not in stays and is_below(needed)) or (needed in changed and not plan[needed].closed)
            for first, needed in links
            if first == key
        )

    @cache
    def new(key: int) -> Span:
        here = changed.get(key, plan[key].span)
        if key in stays or not is_below(key):
            return here
        ends = [
            new(needed).ends_on
            for first, needed in links
            if first == key and not plan[needed].closed and new(needed).ends_on
        ]
        if not ends or here.starts_on > max(ends):
            return here
        start = max(ends) + timedelta(days=1)
        while not is_workday(start):
            start += timedelta(days=1)
        left, end = max(count_workdays(here.starts_on, here.ends_on), 1), start
        while (left := left - is_workday(end)) > 0:
            end += timedelta(days=1)
        return Span(start, max(end, here.ends_on))

    return {key: new(key) for key in plan if key not in changed and new(key) != plan[key].span}


def applied(plan, result: Propagation, changed):
    """The plan as it is afterwards."""
    new = {**changed, **result.spans}
    return {key: Item(new.get(key, item.span), item.pinned, item.closed) for key, item in plan.items()}


@settings(max_examples=150)
@given(planned())
def test_it_is_the_longest_way_and_once_is_enough(given_plan) -> None:
    plan, links, changed = given_plan
    result = propagate(plan, links, changed)
    assert result.spans == by_longest_way(plan, links, changed)
    after = applied(plan, result, changed)
    again = propagate(after, links, changed)
    assert again.spans == {}
    assert again.conflicts == result.conflicts == conflicts_of(after, links)
    for key, new in result.spans.items():
        old = plan[key].span
        assert not plan[key].stays, "what is pinned stays"
        assert new.starts_on > old.starts_on, "it moves later"
        assert new.ends_on >= old.ends_on
        assert is_workday(new.starts_on)
        length = count_workdays(old.starts_on, old.ends_on)
        assert count_workdays(new.starts_on, new.ends_on) == max(length, 1)
        assert after[result.behind[key]].span.ends_on < new.starts_on
        assert not [link for link in result.conflicts if link[0] == key], "what moves fits then"


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda link: link[0] != link[1]), max_size=12))
def test_never_a_circle(wanted) -> None:
    """Links that are taken in one by one, as the service does, never let the plan wait for itself."""
    taken: list[tuple[int, int]] = []
    for link in dict.fromkeys(wanted):
        path = find_circle(taken, link)
        if not path:
            taken.append(link)
            continue
        assert path[0] == path[-1] == link[0]
        assert path[1] == link[1]
        assert set(pairwise(path)) <= {*taken, link}, "each needs the next"
    plan = {key: Item(span(FIRST, FIRST)) for key in range(6)}
    propagate(plan, taken, {key: plan[key].span for key in plan})


def test_a_circle_is_refused_by_its_way() -> None:
    plan = {key: Item(span(FIRST, date(2022, 4, 28))) for key in range(1, 5)}
    assert find_circle([(2, 3), (3, 1)], (1, 2)) == [1, 2, 3, 1]
    assert find_circle([], (1, 1)) == [1, 1]
    assert find_circle([(2, 3)], (1, 2)) == []
    with pytest.raises(Circle) as refusal:
        propagate(plan, [(2, 1), (3, 2), (4, 3), (2, 4)], {1: span(FIRST, date(2022, 5, 31))})
    assert refusal.value.path == [2, 4, 3, 2]


@pytest.mark.parametrize(
    ("end", "old", "new"),
    [
        # what begins the day after, be it a Saturday, fits: 31 March and 1 April
        (date(2023, 3, 31), (date(2023, 4, 1), date(2024, 3, 31)), None),
        (date(2023, 3, 31), (date(2023, 3, 31), date(2023, 4, 7)), (date(2023, 4, 3), date(2023, 4, 10))),
        # 29 February
        (date(2024, 2, 28), (date(2024, 2, 1), date(2024, 2, 1)), (date(2024, 2, 29), date(2024, 2, 29))),
        (date(2024, 2, 29), (date(2024, 2, 28), date(2024, 2, 29)), (date(2024, 3, 1), date(2024, 3, 4))),
        # the turn of the year
        (date(2022, 12, 28), (date(2022, 12, 1), date(2022, 12, 2)), (date(2023, 1, 4), date(2023, 1, 5))),
        # a span without any working day becomes one
        (date(2022, 10, 16), (date(2022, 10, 15), date(2022, 10, 16)), (date(2022, 10, 17), date(2022, 10, 17))),
        # it begins on a Saturday, what it needs ends on that Sunday: the end stays
        (date(2022, 10, 16), (date(2022, 10, 15), date(2022, 10, 30)), (date(2022, 10, 17), date(2022, 10, 30))),
    ],
)
def test_days_at_the_edges(end, old, new) -> None:
    plan = {1: Item(span(FIRST, FIRST)), 2: Item(span(*old))}
    result = propagate(plan, [(2, 1)], {1: span(FIRST, end)})
    assert result.spans == ({2: span(*new)} if new else {})
    assert result.behind == ({2: 1} if new else {})
    assert result.conflicts == []


def test_what_is_pinned_stays_and_passes_nothing_on() -> None:
    first, second, third = (span(date(2022, 5, n * 9), date(2022, 5, n * 9 + 2)) for n in (1, 2, 3))
    links, changed = [(2, 1), (3, 2)], {1: span(date(2022, 5, 9), date(2022, 5, 31))}
    plan = {1: Item(first), 2: Item(second, pinned=True), 3: Item(third)}
    result = propagate(plan, links, changed)
    assert (result.spans, result.stopped, result.conflicts) == ({}, [2], [(2, 1)])
    plan[2] = Item(second, closed=True)
    result = propagate(plan, links, changed)
    assert (result.spans, result.stopped, result.conflicts) == ({}, [], [])
    plan[2] = Item(second)
    assert set(propagate(plan, links, changed).spans) == {2, 3}


def test_ten_years_of_a_big_plan_take_no_time() -> None:
    """A chain of 500, each moved behind the one before."""
    plan = {key: Item(span(date(2022, 10, 3), date(2022, 10, 7))) for key in range(500)}
    links = [(key, key - 1) for key in range(1, 500)] + [(key, key - 2) for key in range(2, 500)]
    result = propagate(plan, links, {0: span(date(2022, 10, 3), date(2022, 10, 14))})
    assert len(result.spans) == 499
    assert result.spans[499].starts_on > date(2032, 1, 1)
    assert count_workdays(result.spans[499].starts_on, result.spans[499].ends_on) == 5
