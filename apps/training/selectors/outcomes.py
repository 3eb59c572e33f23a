"""What came of a course, counted from its rolls: no number is shown that fewer than five people gave."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, Q

from apps.training.choices import FollowUp, SessionState
from apps.training.models import Course, Enrolment
from apps.training.selectors.disclosure import SMALLEST_SHOWN, shown_groups, shown_mean

USED = Q(follow_up__in=(FollowUp.USED, FollowUp.PARTLY))


@dataclass(frozen=True)
class Answer:
    """A mean or a share with how many people it comes from; `value` is None where these are fewer than five."""

    value: Decimal | None
    people: int | None


@dataclass(frozen=True)
class Outcome:
    """The mean test score and satisfaction, and the share in percent of those who use it at work, at least in part."""

    test: Answer
    satisfaction: Answer
    used: Answer


def outcome_of(course: Course) -> Outcome | None:
    """Over the held sessions with a roll; None where not even one number may be shown.

    The results of the year count the same sessions: two means over others would tell the score of a single person.
    """
    rows = Enrolment.objects.filter(
        session__course=course,
        session__state=SessionState.HELD,
        session__keeps_roll=True,
        session__archived_at__isnull=True,
        archived_at__isnull=True,
    )
    found: dict[str, Any] = rows.aggregate(
        mean_test=Avg("test_score"),
        tested=Count("test_score"),
        mean_satisfaction=Avg("satisfaction"),
        satisfied=Count("satisfaction"),
        used=Count("pk", filter=USED),
        answered=Count("pk", filter=~Q(follow_up="")),
    )
    share = Decimal(100 * found["used"]) / found["answered"] if found["answered"] else None
    outcome = Outcome(
        _answer(found["mean_test"], found["tested"]),
        _answer(found["mean_satisfaction"], found["satisfied"]),
        _answer(share, 0 if _tells_of_few(found["used"], found["answered"]) else found["answered"], digits="1"),
    )
    told = (outcome.test, outcome.satisfaction, outcome.used)
    return outcome if any(answer.value is not None for answer in told) else None


def _tells_of_few(used: int, answered: int) -> bool:
    """Whether a share would say that from one to four people use it, or do not."""
    return None in shown_groups({"used": used, "not yet": answered - used}).values()


def _answer(value: Any, people: int, *, digits: str = "0.1") -> Answer:
    return Answer(shown_mean(value, people, digits=digits), people if people >= SMALLEST_SHOWN else None)
