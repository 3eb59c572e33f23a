"""The picture of one indicator: a bar for each actual, the targets as a line with points, the baseline.

Lengths are those of the SVG that `templates/roadmap/indicator_chart.html` writes. A year of which nothing was measured
has no bar; once it has begun the word for it stands in its place.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from apps.core.fiscal import FiscalYear
from apps.core.money import number

WIDTH, HEIGHT = 400, 220
TOP, RIGHT, BOTTOM = 26, 8, 24
DIGIT = 7.2  # the width of a figure
LINE = 14  # the height of a line of text
FULL = 13  # the width of a kana or kanji
MOST_YEARS = 30


class Cell(Protocol):
    """One year of an indicator."""

    @property
    def year(self) -> FiscalYear: ...
    @property
    def target(self) -> Decimal | None: ...
    @property
    def actual(self) -> Decimal | None: ...
    @property
    def is_missing(self) -> bool: ...


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    kind: str
    title: str


@dataclass(frozen=True)
class Mark:
    """A place with words: a label, a point of the target line, a year without a bar."""

    x: float
    y: float
    text: str
    css: str = ""


@dataclass
class Chart:
    """Everything that the template draws, and the same in words."""

    unit: str
    zero: float = 0
    left: float = 0
    base: float | None = None
    ticks: list[Mark] = field(default_factory=list)
    years: list[Mark] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    labels: list[Mark] = field(default_factory=list)
    points: list[Mark] = field(default_factory=list)
    missing: list[Mark] = field(default_factory=list)
    baseline: str = ""
    baseline_year: str = ""
    targets: list[tuple[str, str]] = field(default_factory=list)
    actuals: list[tuple[str, str]] = field(default_factory=list)
    width: int = WIDTH
    height: int = HEIGHT
    right: int = WIDTH - RIGHT

    @property
    def line(self) -> str:
        return " ".join(f"{point.x},{point.y}" for point in self.points)


def plain(value: Decimal) -> str:
    """1,234.5: no more digits than were typed."""
    return number(value.normalize())


def chart_of(indicator: Any, cells: Sequence[Cell]) -> Chart | None:
    """The picture; None where there is nothing to draw."""
    shown = [cell for cell in cells if cell.target is not None or cell.actual is not None]
    values = [each for cell in shown for each in (cell.target, cell.actual) if each is not None]
    if not shown:
        return None
    if indicator.baseline is not None:
        values.append(indicator.baseline)
    return _Drawing(indicator, shown, _scale(values)).chart


def _scale(values: Sequence[Decimal]) -> list[Decimal]:
    """Round steps from below the least value, zero included, to above the greatest."""
    low, high = min([*values, Decimal(0)]), max([*values, Decimal(0)])
    if low == high:
        high = Decimal(1)
    step = _step((high - low) / 4)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [step * n for n in range(first, last + 1)]


def _step(least: Decimal) -> Decimal:
    """1, 2 or 5 times a power of ten, not less than `least`."""
    power = Decimal(10) ** least.adjusted()
    return next(power * n for n in (1, 2, 5, 10) if power * n >= least)


class _Drawing:
    """Puts the years side by side and the values on the scale."""

    def __init__(self, indicator: Any, cells: Sequence[Cell], scale: list[Decimal]) -> None:
        self.indicator, self.scale = indicator, scale
        self.cells = {cell.year: cell for cell in cells}
        self.taken: list[_Box] = []
        self.years = self._range()
        self.chart = Chart(unit=indicator.unit, left=8 + max(_width(plain(each)) for each in scale))
        self.band = (WIDTH - RIGHT - self.chart.left) / len(self.years)
        self.chart.zero = self.y(Decimal(0))
        self._frame()
        self._baseline()
        for year in self.years:
            self._year(year)
        self._label_all()

    def _range(self) -> list[FiscalYear]:
        """Every year from the first one to the last one, years without any value included."""
        known = [*self.cells, *([self.indicator.baseline_year] if self.indicator.baseline_year else [])]
        first, last = int(min(known)), int(max(known))
        return [FiscalYear(year) for year in range(max(first, last - MOST_YEARS + 1), last + 1)]

    def x(self, year: FiscalYear) -> float:
        return round(self.chart.left + (self.years.index(year) + 0.5) * self.band, 1)

    def y(self, value: Decimal) -> float:
        low, high = self.scale[0], self.scale[-1]
        return round(TOP + float((high - value) / (high - low)) * (HEIGHT - TOP - BOTTOM), 1)

    def _frame(self) -> None:
        self.chart.ticks = [Mark(self.chart.left - 6, self.y(each), plain(each)) for each in self.scale]
        fits = self.band >= 3 * DIGIT + 4
        every = 1 if fits else math.ceil((3 * DIGIT + 4) / self.band)
        shown = self.years[::-1][::every]
        self.chart.years = [Mark(self.x(year), HEIGHT - 6, year.short.split("(")[0]) for year in shown]

    def _baseline(self) -> None:
        value, year = self.indicator.baseline, self.indicator.baseline_year
        if value is None:
            return
        self.chart.base, self.chart.baseline = self.y(value), plain(value)
        self.chart.baseline_year = year.short if year else ""
        if year in self.years and not (year in self.cells and self.cells[year].actual is not None):
            self._bar(year, value, "baseline")

    def _year(self, year: FiscalYear) -> None:
        cell = self.cells.get(year)
        if cell and cell.actual is not None:
            self._bar(year, cell.actual, "actual")
            self.chart.actuals.append((year.short, plain(cell.actual)))
        elif cell and cell.is_missing and year != self.indicator.baseline_year:
            self.chart.missing.append(
                Mark(self.x(year), self.chart.zero - 6, "", "" if self._fits(3 * FULL) else "tall")
            )
            self.chart.actuals.append((year.short, ""))
        if cell and cell.target is not None:
            self.chart.points.append(Mark(self.x(year), self.y(cell.target), plain(cell.target)))
            self.chart.targets.append((year.short, plain(cell.target)))

    def _fits(self, width: float) -> bool:
        return width <= self.band

    def _bar(self, year: FiscalYear, value: Decimal, kind: str) -> None:
        width, end = round(min(44, self.band * 0.6), 1), self.y(value)
        top, height = min(end, self.chart.zero), round(abs(end - self.chart.zero), 1)
        self.chart.bars.append(Bar(round(self.x(year) - width / 2, 1), top, width, height, kind, plain(value)))

    def _label_all(self) -> None:
        """A number beside each bar and point, where there is room for it; the table says all of them."""
        for gap in self.chart.missing:
            self.taken.append(_box(gap, FULL, 3 * FULL) if gap.css else _box(gap, 3 * FULL))
        for point in self.chart.points:
            self.taken.append(_Box(point.x - 5, point.x + 5, point.y - 5, point.y + 5))
        for bar in self.chart.bars:
            self._place(list(_around_bar(bar, self.chart.zero)))
        points = self.chart.points
        for point in [*points[-1:], *points[:-1]]:
            above, below = point.y - 8, point.y + LINE + 4
            self._place([Mark(point.x, round(y, 1), point.text, "t-target") for y in (above, below, above - 8)])

    def _place(self, choices: list[Mark]) -> None:
        """The first place at which the words cover nothing, if there is one."""
        for mark in choices:
            box = _box(mark, _width(mark.text))
            if box.top >= 0 and not any(box.meets(other) for other in self.taken):
                self.taken.append(box)
                self.chart.labels.append(mark)
                return


def _around_bar(bar: Bar, zero: float) -> Iterator[Mark]:
    """At the foot of the bar, where the line of the targets seldom comes; else beyond its end."""
    x, grows_down = round(bar.x + bar.width / 2, 1), bar.y >= zero and bar.height > 0
    if bar.kind == "actual" and bar.height >= LINE + 4 and bar.width >= _width(bar.title):
        yield Mark(x, round(zero + LINE if grows_down else zero - 6, 1), bar.title, "t-inv")
    beyond = (
        [bar.y + bar.height + LINE - 2, bar.y + bar.height + 2 * LINE] if grows_down else [bar.y - 5, bar.y - LINE - 8]
    )
    for y in beyond:
        yield Mark(x, round(y, 1), bar.title, "t-b")


def _width(figures: str) -> float:
    """How long a number is; the sign of what is less than nothing is as wide as a kana."""
    return len(figures) * DIGIT + figures.count("△") * (FULL - DIGIT)


@dataclass(frozen=True)
class _Box:
    """The ground that words cover."""

    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: "_Box") -> bool:
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)


def _box(mark: Mark, width: float, height: float = LINE - 2) -> _Box:
    return _Box(mark.x - width / 2, mark.x + width / 2, mark.y - height, mark.y)
