"""The time axis: which day stands where. Fiscal years in wareki, with quarters, months or weeks below them."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

from django.utils.translation import gettext as _

from apps.core.fiscal import FiscalYear
from apps.core.wareki import format_date
from apps.roadmap.choices import Span
from apps.roadmap.exports.texts import width
from apps.roadmap.exports.window import Window, months_after

NEAR_YEARS = 4
NEAR_SHARE = 600 / 732  # of the ten-year axis; the six far years share the rest
QUARTERS = ("4-6", "7-9", "10-12", "1-3")
LABEL, SMALL = 14, 12


@dataclass(frozen=True)
class Part:
    """A piece of the axis over which days are equally wide; `end` is the day after its last one."""

    start: date
    end: date
    left: float
    right: float

    def x(self, day: date) -> float:
        return self.left + (self.right - self.left) * (day - self.start).days / (self.end - self.start).days


@dataclass(frozen=True)
class Label:
    """Words between two places of the axis."""

    text: str
    left: float
    right: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def fits(self) -> bool:
        return width(self.text, SMALL) <= self.right - self.left + 1


@dataclass(frozen=True)
class Axis:
    """Where every day of a window stands."""

    parts: tuple[Part, ...]
    upper: tuple[Label, ...]
    lower: tuple[Label, ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [part.start.toordinal() for part in self.parts]

    @cached_property
    def _end(self) -> int:
        return self.end.toordinal()

    @cached_property
    def _slopes(self) -> list[float]:
        return [(part.right - part.left) / (part.end - part.start).days for part in self.parts]

    @cached_property
    def left(self) -> float:
        return self.parts[0].left

    @cached_property
    def right(self) -> float:
        return self.parts[-1].right

    @cached_property
    def start(self) -> date:
        return self.parts[0].start

    @cached_property
    def end(self) -> date:
        return self.parts[-1].end

    def x(self, day: date) -> float:
        """Where a day begins; what lies outside stands at the edge."""
        return self._x(day.toordinal())

    def x_after(self, day: date) -> float:
        """Where a day ends."""
        return self._x(day.toordinal() + 1)

    def _x(self, day: int) -> float:
        """By numbers of days: this is asked thousands of times for one picture."""
        if day <= self._starts[0]:
            return self.left
        if day >= self._end:
            return self.right
        at = bisect_right(self._starts, day) - 1
        return self.parts[at].left + (day - self._starts[at]) * self._slopes[at]


def axis_of(window: Window, left: float, right: float) -> Axis:
    match window.span:
        case Span.TEN_YEARS:
            return _ten_years(window, left, right)
        case Span.FIVE_YEARS | Span.THREE_YEARS:
            return _years(window, left, right)
        case Span.ONE_YEAR:
            return _one_year(window, left, right)
    return _three_months(window, left, right)


def _ten_years(window: Window, left: float, right: float) -> Axis:
    """Four years with their quarters, and six far ones that are drawn narrow."""
    first = FiscalYear.of(window.start)
    turn = left + (right - left) * NEAR_SHARE
    near = _parts([first + n for n in range(NEAR_YEARS)], left, turn)
    far_years = [first + n for n in range(NEAR_YEARS, 10)]
    far = Label(years_words(far_years[0], far_years[-1], right - turn), turn, right)
    upper = (*(_year_label(part) for part in near), far)
    lower = (*_quarters(near), Label(_("drawn narrower"), turn, right))
    return Axis((*near, *_parts(far_years, turn, right)), upper, lower)


def _years(window: Window, left: float, right: float) -> Axis:
    first = FiscalYear.of(window.start)
    parts = _parts([first + n for n in range(window.months // 12)], left, right)
    return Axis(parts, tuple(map(_year_label, parts)), _quarters(parts))


def _one_year(window: Window, left: float, right: float) -> Axis:
    (part,) = _parts([FiscalYear.of(window.start)], left, right)
    months = [months_after(window.start, n) for n in range(13)]
    lower = tuple(Label(month_words(first), part.x(first), part.x(after)) for first, after in pairwise(months))
    return Axis((part,), (_year_label(part),), lower)


def _three_months(window: Window, left: float, right: float) -> Axis:
    """Months above, weeks below; a week is named by its Monday."""
    whole = Part(window.start, window.end, left, right)
    firsts = [months_after(window.start, n) for n in range(4)]
    pairs = list(pairwise(firsts))
    upper = tuple(Label(full_month(first), whole.x(first), whole.x(after)) for first, after in pairs)
    edges = week_edges(window)
    lower = tuple(
        Label(f"{start.month}/{start.day}", whole.x(start), whole.x(after)) for start, after in pairwise(edges)
    )
    return Axis((whole,), upper, lower)


def week_edges(window: Window) -> list[date]:
    """The first day, every Monday, and the day after the last one."""
    monday = window.start + timedelta(days=-window.start.weekday() % 7)
    days = [monday + timedelta(weeks=n) for n in range(15)]
    return [window.start, *(day for day in days if window.start < day < window.end), window.end]


def _parts(years: list[FiscalYear], left: float, right: float) -> tuple[Part, ...]:
    each = (right - left) / len(years)
    return tuple(
        Part(year.start, year.next.start, left + each * n, left + each * (n + 1)) for n, year in enumerate(years)
    )


def _year_label(part: Part) -> Label:
    year = FiscalYear.of(part.start)
    fits = width(year.label, LABEL, bold=True) <= part.right - part.left
    return Label(year.label if fits else year.short, part.left, part.right)


def _quarters(parts: tuple[Part, ...]) -> tuple[Label, ...]:
    """One for each quarter of the years; none where they are too narrow for words."""
    found = []
    for part in parts:
        edges = [months_after(part.start, 3 * n) for n in range(5)]
        xs = [part.x(edge) for edge in edges]
        found += [Label(words, xs[n], xs[n + 1]) for n, words in enumerate(QUARTERS)]
    return tuple(found) if all(label.fits for label in found) else ()


def years_words(first: FiscalYear, last: FiscalYear, room: float) -> str:
    """令和8～13年度; R8～R13 where there is no room for it or the era changes within."""
    a, b = first.label, last.label
    words = f"{a.removesuffix('年度')}～{b[2:]}"
    if a[:2] == b[:2] and "（" not in words and width(words, LABEL, bold=True) <= room:
        return words
    return f"{first.short}～{last.short}"


def month_words(first: date) -> str:
    return _("month %(number)s") % {"number": first.month}


def full_month(first: date) -> str:
    """令和4年10月."""
    return format_date(first).removesuffix("1日")
