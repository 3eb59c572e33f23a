"""Numbers that could tell of a single person: groups under five are hidden (design, Rights).

What was needed or estimated is never hidden, nor is what somebody reported without names. Of what is counted from
people, a number from one to four is not shown; where a total of its group stands beside, a second number goes with it
where the first could be found by subtraction. `None` stands for what is hidden. Why: docs/adr/0014.
"""

from collections.abc import Hashable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
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
    """The groups of a whole whose `shown_total` stands beside them.

    Where the hidden ones could be found from the rest, the first of the others is hidden, too: the first in the order
    of `counts`, which must not hang on how large they are, or it would tell something about them.
    """
    found = {key: shown(count) for key, count in counts.items()}
    hidden = [counts[key] for key, count in found.items() if count is None]
    others = [key for key, count in found.items() if count]
    if hidden and others and not _leaves_open(hidden):
        found[others[0]] = None
    return found


def shown_total(counts: Mapping[Key, int]) -> int | None:
    """How many people all groups have together; None where that is hidden or would tell what the groups are."""
    small = [count for count in counts.values() if shown(count) is None]
    total = sum(counts.values())
    told_by_it = sum(small) == total and total <= len(small) + 1
    return None if small and told_by_it else shown(total)


def shown_mean(mean: Any, people: int, *, digits: str = "0.1") -> Decimal | None:
    """What so many people gave on average, half rounded up; None where these are fewer than five."""
    return Decimal(mean).quantize(Decimal(digits), ROUND_HALF_UP) if people >= SMALLEST_SHOWN else None


def _leaves_open(hidden: Sequence[int]) -> bool:
    """Whether numbers from one to four stay unknown to who knows their sum: not where it is the least or the most."""
    least, most = len(hidden), len(hidden) * (SMALLEST_SHOWN - 1)
    return least + 1 < sum(hidden) < most - 1


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
