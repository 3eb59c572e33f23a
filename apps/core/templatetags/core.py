"""How templates write dates and amounts."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone

from apps.core import money
from apps.core import wareki as eras

register = template.Library()


@register.filter
def wareki(day: date | datetime | None) -> str:
    """令和4年10月14日; nothing for nothing."""
    return eras.format_date(_day(day)) if day else ""


@register.filter
def wareki_weekday(day: date | datetime | None) -> str:
    """令和4年10月14日（金）."""
    return eras.format_date(_day(day), weekday=True) if day else ""


@register.filter
def wareki_short(day: date | datetime | None) -> str:
    """R4.10.14, for tables."""
    return eras.format_date(_day(day), short=True) if day else "－"


def _day(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


@register.filter
def k(value: int | None) -> str:
    """An amount in 千円, with △ for less than nothing."""
    return "－" if value is None else money.signed(value)


@register.filter
def number(value: Any) -> str:
    """A count with its thousands parted."""
    return "－" if value is None or value == "" else money.number(value)


@register.filter
def difference(value: int) -> str:
    """A comparison with the year before: △ for less, － for the same."""
    return money.difference(value)
