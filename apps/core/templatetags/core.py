"""How templates write dates and amounts."""

import re
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from apps.core import money
from apps.core import wareki as eras
from apps.core.permissions import permitted

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


@register.filter
def wareki_within(text: str) -> str:
    """A text with its days as 令和4年2月17日 where they stand as 2022-02-17; what is no day stays."""
    return _ISO_DAY.sub(_in_wareki, text)


_ISO_DAY = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)", re.ASCII)


def _in_wareki(found: re.Match[str]) -> str:
    try:
        return eras.format_date(date.fromisoformat(found[0]))
    except ValueError:
        return found[0]


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
def may(user: Any, permission: str) -> bool:
    """Whether a page that asks for nothing but this permission opens to the person: a link that refuses is none."""
    return permitted(user, permission)


@register.filter
def difference(value: int) -> str:
    """A comparison with the year before: △ for less, － for the same."""
    return money.difference(value)


@register.simple_tag
def filter_options(field: BoundField) -> SafeString:
    """The options of a select of a filter form, without Django's widget templates: these cost more than the page."""
    present = str(field.value() or "")
    options = []
    for value, label in field.field.choices:  # type: ignore[attr-defined]
        key = str(value)
        words = _("All") if key == "" else label
        options.append((key, mark_safe(" selected") if key == present else "", words))
    return format_html_join("", '<option value="{}"{}>{}</option>', options)
