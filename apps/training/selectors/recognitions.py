"""Who belongs to a profile: from the day of the recognition on, and no longer on the day on which it ended."""

from datetime import date

from django.db.models import Q, QuerySet

from apps.core import clock
from apps.training.models import Recognition


def belongs_on(day: date) -> Q:
    """Recognitions that hold on a day."""
    return Q(recognised_on__lte=day) & (Q(ended_on__isnull=True) | Q(ended_on__gt=day))


def open_recognitions() -> QuerySet[Recognition]:
    """Those that hold today."""
    return Recognition.objects.filter(belongs_on(clock.today()), archived_at__isnull=True)


def live_recognitions() -> QuerySet[Recognition]:
    """Of whatever day, of people who still work for the city."""
    return Recognition.objects.filter(archived_at__isnull=True, person__is_active=True)
