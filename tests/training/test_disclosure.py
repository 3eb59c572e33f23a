"""The rule of five: what is shown of a whole tells no hidden number, even to who knows how it is hidden."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from apps.training.choices import EnrolmentState, SessionState
from apps.training.models import Session
from apps.training.selectors import shown, shown_groups, shown_total, with_numbers
from tests.factories import EnrolmentFactory, SessionFactory

Counts = dict[str, int]
Told = tuple[int | None, dict[str, int | None]]


def told(counts: Counts) -> Told:
    """All that anybody reads of a whole and its groups."""
    return shown_total(counts), shown_groups(counts)


def sums_to(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way to part a number into so many parts of at least one."""
    if parts == 1:
        yield (total,)
        return
    for first in range(1, total - parts + 2):
        for rest in sums_to(total - first, parts - 1):
            yield (first, *rest)


def possible(counts: Counts) -> dict[str, set[int]]:
    """What each hidden number can be for who knows the rule and reads what is told."""
    total, groups = told(counts)
    hidden = [key for key, count in groups.items() if count is None]
    rest = sum(count for count in groups.values() if count)
    sums = [total - rest] if total is not None else range(len(hidden), 4 * len(hidden) + 1)
    found: dict[str, set[int]] = {key: set() for key in hidden}
    for parts in (each for whole in sums for each in sums_to(whole, len(hidden))):
        guess = counts | dict(zip(hidden, parts, strict=True))
        if told(guess) == (total, groups):
            for key in hidden:
                found[key].add(guess[key])
    return found


@settings(max_examples=60)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=4))
@example([3])
@example([1, 1])
@example([1, 1, 30])
@example([4, 4, 5, 5])
@example([4, 4, 4])
@example([4, 4, 4, 9])
@example([1, 5])
@example([5, 4, 5])
@example([3, 0, 0])
@example([1, 1, 1, 1, 1])
@example([1, 1, 1, 1, 2])
def test_no_hidden_number_can_be_found_from_the_total_and_the_shown_groups(numbers: list[int]) -> None:
    counts = {f"group {n}": count for n, count in enumerate(numbers)}
    total, groups = told(counts)
    for key, count in counts.items():
        assert groups[key] in (count, None)
        assert not 1 <= (groups[key] or 0) <= 4
        assert count or groups[key] == 0, "nobody is nobody, and is said"
    if None in groups.values():
        for key, values in possible(counts).items():
            assert len(values) >= 2, f"{key} can only be {values} beside {total} and {groups}"


def test_no_more_is_hidden_than_needs_be() -> None:
    assert shown_groups({"a": 30, "b": 12, "c": 0}) == {"a": 30, "b": 12, "c": 0}
    assert shown_groups({"a": 30, "b": 2, "c": 3}) == {"a": 30, "b": None, "c": None}
    assert shown_groups({"a": 30, "b": 12, "c": 3}) == {"a": None, "b": 12, "c": None}
    assert shown_groups({}) == {}
    assert (shown_total({"a": 30, "b": 2}), shown_total({"a": 0}), shown_total({"a": 2, "b": 2})) == (32, 0, None)


def test_the_edge_of_the_rule() -> None:
    assert [shown(count) for count in (0, 1, 4, 5, 6)] == [0, None, None, 5, 6]


@pytest.mark.django_db
def test_a_session_shows_its_roll_by_the_rule_and_what_was_reported_as_it_is() -> None:
    reported = SessionFactory(applied=3, attended=2, completed=1, state=SessionState.HELD, date=date(2022, 6, 1))
    roll = SessionFactory(keeps_roll=True, applied=90, attended=80, completed=70, capacity=None)
    for state in (EnrolmentState.COMPLETED,) * 4 + (EnrolmentState.ATTENDED, EnrolmentState.DECLINED):
        EnrolmentFactory(session=roll, state=state)
    SessionFactory(keeps_roll=True, applied=90)
    numbers = with_numbers(Session.objects.order_by("pk"))
    assert [(each.applied_shown, each.attended_shown, each.completed_shown) for each in numbers] == [
        (3, 2, 1),
        (5, 5, None),
        (0, 0, 0),
    ]
    assert reported.pk == numbers[0].pk
