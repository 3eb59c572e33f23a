"""JSON of a table: one object a row, for scripts and open data."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from apps.core.clock import TOKYO
from apps.core.fiscal import FiscalYear
from apps.core.text import clean
from apps.core.writers import Column


def write_json(columns: Sequence[Column], rows: Iterable[Iterable[object]]) -> bytes:
    """A UTF-8 array with one object a line, keyed by the columns' keys.

    Dates are ISO, datetimes ISO with the offset of Tokyo, a fiscal year is the number of its first calendar
    year, a decimal is text with its own digits (never a float), and so is all else that JSON does not know.
    """
    keys = [column.key for column in columns]
    objects = (dict(zip(keys, map(_value, row), strict=True)) for row in rows)
    lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in objects)
    return f"[\n{lines}\n]\n".encode() if lines else b"[]\n"


def _value(value: object) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, datetime) and timezone.is_aware(value):
        return value.astimezone(TOKYO).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, FiscalYear) else clean(str(value))
