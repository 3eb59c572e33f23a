"""Numbers that could tell of a single person: groups under five are hidden (design, Rights).

What was needed or estimated is never hidden, nor is what somebody reported without names. Of what is counted from
people, a number from one to four is not shown; where a total of its group stands beside, a second number goes with it,
so that nobody finds the first one by subtraction. `None` stands for what is hidden.
"""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, QuerySet, Subquery, Value, When

from apps.training.choices import APPLIED, CAME, EnrolmentState
from apps.training.models import Enrolment

Key = TypeVar("Key", bound=Hashable)
SMALLEST_SHOWN = 5
COMPLETED = (EnrolmentState.COMPLETED,)


def shown(count: int) -> int | None:
    """A number of people as others may see it; None where it is hidden."""
    return count if count == 0 or count >= SMALLEST_SHOWN else None


def shown_groups(counts: Mapping[Key, int]) -> dict[Key, int | None]:
    """The groups of a whole whose total is shown beside: where one group alone is hidden, the next smallest is too."""
    found = {key: shown(count) for key, count in counts.items()}
    hidden = [key for key, count in found.items() if count is None]
    left = [key for key, count in found.items() if count]
    if len(hidden) == 1 and left:
        found[min(left, key=lambda key: counts[key])] = None
    return found


def with_numbers(sessions: QuerySet[Any]) -> QuerySet[Any]:
    """Sessions with `applied_shown`, `attended_shown` and `completed_shown`.

    Counted where a roll is kept, else as reported; None where a counted number is hidden.
    """
    return sessions.annotate(
        applied_shown=_as_shown("applied", APPLIED),
        attended_shown=_as_shown("attended", CAME),
        completed_shown=_as_shown("completed", COMPLETED),
    )


def _as_shown(reported: str, states: Sequence[str]) -> Case:
    rows = Enrolment.objects.filter(session=OuterRef("pk"), state__in=states, archived_at__isnull=True)
    counts = rows.order_by().values("session").annotate(count=Count("pk")).values("count")
    return Case(
        When(keeps_roll=False, then=F(reported)),
        When(Exists(rows), then=Subquery(counts.filter(count__gte=SMALLEST_SHOWN))),
        default=Value(0),
        output_field=IntegerField(),
    )
