"""From when to when a picture goes. Years begin in April; the three months begin with any month."""

from dataclasses import dataclass
from datetime import date

from apps.core.fiscal import FiscalYear
from apps.core.wareki import WarekiError, normalise, parse_date
from apps.roadmap.choices import Span

YEARS = {Span.TEN_YEARS: 10, Span.FIVE_YEARS: 5, Span.THREE_YEARS: 3, Span.ONE_YEAR: 1}
FIRST, LAST = date(1926, 4, 1), date(2190, 3, 1)  # where a picture may begin


@dataclass(frozen=True)
class Window:
    """The first day and the span; `end` is the day after the last one."""

    span: Span
    start: date

    @classmethod
    def around(cls, span: str, day: date) -> "Window":
        """The window that begins with the fiscal year, or with the month, of this day. Raises WarekiError."""
        kind = Span(span)
        start = day.replace(day=1) if kind == Span.THREE_MONTHS else FiscalYear.of(day).start
        if not FIRST <= start <= LAST:
            raise WarekiError("unreadable")
        return cls(kind, start)

    @property
    def months(self) -> int:
        return YEARS[self.span] * 12 if self.span in YEARS else 3

    @property
    def end(self) -> date:
        return months_after(self.start, self.months)

    @property
    def earlier(self) -> "Window | None":
        return self._moved(-self._step)

    @property
    def later(self) -> "Window | None":
        return self._moved(self._step)

    @property
    def _step(self) -> int:
        """Months of one step to the side."""
        return 1 if self.span == Span.THREE_MONTHS else 12

    def _moved(self, months: int) -> "Window | None":
        start = months_after(self.start, months)
        return Window(self.span, start) if FIRST <= start <= LAST else None


def months_after(first: date, months: int) -> date:
    """From the first day of a month to that of another one."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)


def parse_start(text: str) -> date:
    """What the address says of the start: a day or a fiscal year, in wareki or not. Raises WarekiError."""
    plain = normalise(text)
    if plain.isdecimal() or plain.endswith("年度") or ("-" not in plain and "." not in plain and "月" not in plain):
        return FiscalYear.parse(text).start
    return parse_date(text)
