"""Tables for people and machines: CSV, Excel and JSON from the same columns and rows.

Each row gives one value for each column: None, text, int, Decimal, bool, date, datetime or FiscalYear.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils import timezone

from apps.core.clock import TOKYO
from apps.core.text import clean


@dataclass(frozen=True)
class Column:
    """A column: `key` for machines, `label` for people.

    A `code` such as 0202 stays text wherever it goes; a `year` such as 2023 is a number without a thousands' comma.
    """

    key: str
    label: str
    kind: Literal["text", "number", "date", "code", "year"] = "text"


def plain_text(value: object) -> str:
    """The value as text: none for None, ISO for dates, Tokyo time for datetimes, else its words, cleaned."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return local_time(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return clean(str(value))


def local_time(moment: datetime) -> datetime:
    """The same moment on the clocks of Tokyo, without a zone, as a spreadsheet shows it."""
    return moment.astimezone(TOKYO).replace(tzinfo=None) if timezone.is_aware(moment) else moment
