"""The day and the hour of the portal: the only place in the project that asks the computer for them."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

TOKYO = ZoneInfo("Asia/Tokyo")


def today() -> date:
    """The business day in Asia/Tokyo; `settings.DEMO_TODAY` where the demo city stands on a fixed day."""
    demo: date | None = getattr(settings, "DEMO_TODAY", None)
    return demo or timezone.now().astimezone(TOKYO).date()


def now() -> datetime:
    """The present instant, aware, in Tokyo; on the day of `settings.DEMO_TODAY` where that is set."""
    present = timezone.now().astimezone(TOKYO)
    demo: date | None = getattr(settings, "DEMO_TODAY", None)
    return datetime.combine(demo, present.timetz()) if demo else present


def local_date(moment: date | datetime) -> date:
    """The day in Tokyo: an aware datetime is converted first, a naive one is taken as Tokyo time."""
    if not isinstance(moment, datetime):
        return moment
    return (moment.astimezone(TOKYO) if timezone.is_aware(moment) else moment).date()


def start_of(day: date) -> datetime:
    """The first instant of a day in Tokyo."""
    return datetime.combine(day, time(), TOKYO)
