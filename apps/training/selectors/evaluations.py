"""What of a course is still to be measured: behaviour and results, three months after the last held session."""

from datetime import date
from typing import Any

from django.db.models import Max, Q

from apps.core import clock
from apps.organization.models import Role
from apps.organization.permissions import is_secretariat
from apps.roadmap.permissions import SPEAKERS, units_spoken_for
from apps.training.choices import SessionState
from apps.training.models import Evaluation, Session
from apps.training.selectors.enrolments import SHORTEST_WAIT, follow_up_from
from apps.training.selectors.records import courses_visible_to

# 行動変容 and 成果 show only later; what people say and learn is measured on the day.
FIRST_LATER_LEVEL = 3
HELD = Q(course__sessions__state=SessionState.HELD, course__sessions__archived_at__isnull=True)


def evaluations_due(user: Any, most: int) -> list[Any]:
    """Those of one's unit that nobody has measured although it is time, each with `last_held_on`; the oldest first."""
    today = clock.today()
    ripe = date.fromordinal(today.toordinal() - SHORTEST_WAIT)
    rows = (
        Evaluation.objects.filter(level__level__gte=FIRST_LATER_LEVEL, actual__isnull=True)
        .filter(course__in=courses_visible_to(user).filter(_answering(user)))
        .annotate(last_held_on=Max("course__sessions__date", filter=HELD))
        .filter(last_held_on__lte=ripe)
        .select_related("course", "level")
        .order_by("last_held_on", "level__level", "pk")
    )
    return [row for row in rows[:most] if follow_up_from(Session(date=row.last_held_on)) <= today]


def _answering(user: Any) -> Q:
    """Courses of the units for which one speaks; for the secretariat also those of units for which nobody speaks."""
    own = Q(lead_unit__in=units_spoken_for(user))
    if not is_secretariat(user):
        return own
    spoken_for = Role.objects.on(clock.today()).filter(kind__in=SPEAKERS, unit__isnull=False, user__is_active=True)
    return own | ~Q(lead_unit__in=spoken_for.order_by().values("unit"))
