"""What has happened to a record, as its page tells it in a row."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Told:
    """One thing that happened; `is_key` where somebody decided, `at` orders those of one day."""

    day: date
    what: Any
    who: str = ""
    text: str = ""
    health: str = ""
    chip: str | None = None
    is_key: bool = False
    at: datetime = LONG_AGO
