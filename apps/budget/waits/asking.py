"""Asks in one statement what of the budget waits for a person at all; only what does is read."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet, Value

from apps.budget.models import OutcomeIndicator
from apps.budget.selectors.calendar import riding_today
from apps.budget.selectors.grants import unchecked_calls
from apps.budget.selectors.outcomes import unmeasured
from apps.budget.selectors.plans_waiting import plans_to_review, unfinished_plans
from apps.budget.selectors.riding import with_announced_days
from apps.budget.selectors.waiting import returned, to_confirm_or_submit
from apps.budget.waits.cases import (
    answers_asked_for,
    days_moved,
    plans_for_review,
    plans_of_the_section,
    rejections_to_settle,
    steps_due,
    unanswered,
    unsettled,
    windows_to_check,
)
from apps.budget.waits.intents import intents_to_answer
from apps.budget.waits.outcomes import outcomes_to_measure, year_to_measure
from apps.budget.waits.stages import (
    appraisals_of_the_chief,
    appraisals_waiting,
    led_units,
    proposals_returned,
    proposals_to_ask_again,
    proposals_to_hand_in,
)
from apps.core.waiting import Task, TaskSource, task_sources

Rows = Callable[[Any], QuerySet[Any]]


def _to_measure(user: Any) -> QuerySet[Any]:
    year = year_to_measure()
    return unmeasured(user, year) if year else OutcomeIndicator.objects.none()


# Each rule with the rows without which it has nothing to say; None where it asks by itself.
RULES: tuple[tuple[Callable[[Any], Iterable[Task]], Rows | None], ...] = (
    (answers_asked_for, unanswered),
    (rejections_to_settle, unsettled),
    (steps_due, riding_today),
    (windows_to_check, unchecked_calls),
    (days_moved, with_announced_days),
    (intents_to_answer, None),
    (plans_of_the_section, unfinished_plans),
    (plans_for_review, plans_to_review),
    (outcomes_to_measure, _to_measure),
    (proposals_to_hand_in, lambda user: to_confirm_or_submit(user, led_units(user))),
    (proposals_returned, lambda user: returned(user, user.unit_ids)),
    (proposals_to_ask_again, None),
    (appraisals_waiting, None),
    (appraisals_of_the_chief, None),
)


def waiting_in_the_budget(user: Any) -> Iterable[Task]:
    """What every rule says that has something to say."""
    asked = {place: rows(user) for place, (_rule, rows) in enumerate(RULES) if rows}
    there = _places_with_rows(asked)
    for place, (rule, _rows) in enumerate(RULES):
        if place not in asked or place in there:
            yield from rule(user)


def _places_with_rows(asked: dict[int, QuerySet[Any]]) -> set[int]:
    """Which of these have a row; one query."""
    firsts = [rows.order_by().annotate(asked=Value(place)).values_list("asked")[:1] for place, rows in asked.items()]
    return {place for (place,) in firsts[0].union(*firsts[1:], all=True)}


task_sources.add(TaskSource("budget.waits", waiting_in_the_budget))
