"""From what was asked to what is given, as falling and rising bars. Lengths are those of the SVG that the page writes.

Pages never draw with vl-convert, and this picture changes with every act and with who looks: so it is a template of the
project, as the picture of an indicator is.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from apps.budget.selectors.stages import Reached
from apps.core import money

LEFT, RIGHT, TOP, BOTTOM, HEIGHT = 70, 8, 28, 58, 320
STEP, BAR = 84, 54  # of one bar with the space around it, and of the bar itself
LEAST_WIDTH = 560
CUT_FROM = 0.6  # where everything lies above this part of the height, the axis begins higher
TICKS = 5
TWO_THIRDS = 820  # of a page's width
CHARACTERS, LINES = 6, 3  # of the name below a bar
ROOM = 18  # for the amount below a falling bar; the names begin below the axis


@dataclass(frozen=True)
class Step:
    """One bar: a total, or a change of it; `value_k` in 千円.

    A total stands for all stages `until` another one, where nothing changed in between.
    """

    label: str
    value_k: int
    is_total: bool
    until: str = ""

    @property
    def name(self) -> str:
        return f"{self.label}～{self.until}" if self.until not in ("", self.label) else self.label


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    height: float
    kind: str
    middle: float
    text: str
    text_y: float
    label: list[tuple[str, float]]
    title: str


@dataclass
class Waterfall:
    """Everything that the template draws, and the same in words."""

    width: float
    cut_k: int
    steps: Sequence[Step]
    bars: list[Bar] = field(default_factory=list)
    links: list[tuple[float, float, float]] = field(default_factory=list)
    ticks: list[tuple[float, str]] = field(default_factory=list)
    height: int = HEIGHT
    base: float = HEIGHT - BOTTOM
    left: int = LEFT
    bar: int = BAR

    @property
    def is_wide(self) -> bool:
        """Nothing has room beside it on a desk."""
        return self.width > TWO_THIRDS

    @property
    def right(self) -> float:
        return self.width - RIGHT

    @property
    def words(self) -> str:
        """The picture in a sentence, for who does not see it."""
        return "、".join(f"{step.name} {money.signed(step.value_k)}" for step in self.steps)

    @property
    def starts_at(self) -> str:
        return money.number(self.cut_k)


def steps_of(course: Sequence[Reached]) -> list[Step]:
    """The total of each stage, and before it what changed of each 節."""
    if not course or course[0].amounts is None:
        return []
    found, before = [Step(_("Request"), course[0].total_k, is_total=True)], course[0]
    for each in course[1:]:
        found += [*_changes(before, each), Step(each.stage.name, each.total_k, is_total=True)]
        before = each
    return _merged(found)


def _changes(before: Reached, after: Reached) -> Iterator[Step]:
    old, new = before.amounts or {}, after.amounts or {}
    for item in sorted({*old, *new}):
        change = new.get(item, 0) - old.get(item, 0)
        if change:
            yield Step(item.name, change, is_total=False)


def _merged(steps: Iterable[Step]) -> list[Step]:
    """Stages at which nothing changed, and the same stage twice, such as for a hold, are one bar."""
    found: list[Step] = []
    for step in steps:
        if found and found[-1].is_total and step.is_total:
            found[-1] = replace(found[-1], until=step.label)
        else:
            found.append(step)
    return found


def year_steps(stages: Sequence[Any], totals: Sequence[int]) -> list[Step]:
    """The year's total at each stage, and before it by how much it changed."""
    found: list[Step] = []
    for stage, total_k in zip(stages, totals, strict=True):
        change = total_k - found[-1].value_k if found else 0
        if change:
            found.append(Step(_("Difference"), change, is_total=False))
        found.append(Step(stage.name, total_k, is_total=True))
    return _merged(found)


def waterfall(steps: Sequence[Step]) -> Waterfall | None:
    """The picture; nothing where there is no second bar to compare with."""
    if len(steps) < 2:
        return None
    levels = list(_levels(steps))
    cut_k, top_k = _axis([end for _start, end in levels])
    picture = Waterfall(max(LEAST_WIDTH, LEFT + RIGHT + STEP * len(steps)), cut_k, steps)
    scale = (picture.base - TOP) / (top_k - cut_k)
    picture.ticks = [
        (round(picture.base - (value - cut_k) * scale, 1), money.number(value)) for value in _ticks(cut_k, top_k)
    ]
    for place, (step, (start, end)) in enumerate(zip(steps, levels, strict=True)):
        _draw(picture, place, step, (max(start, cut_k), end), scale)
    return picture


def _levels(steps: Iterable[Step]) -> Iterator[tuple[int, int]]:
    """From where to where each bar stands."""
    level = 0
    for step in steps:
        start = 0 if step.is_total else level
        level = step.value_k if step.is_total else level + step.value_k
        yield start, level


def _axis(ends: Sequence[int]) -> tuple[int, int]:
    """Where the axis begins and ends: above zero where every total lies high, so that the changes are seen."""
    highest, lowest = max(*ends, 1), min(ends)
    unit = _unit(highest - lowest if lowest > highest * CUT_FROM else highest)
    cut = (lowest - unit // 2) // unit * unit if lowest > highest * CUT_FROM else 0
    top = -(-highest // unit) * unit
    return max(cut, 0), max(top, max(cut, 0) + unit)


def _unit(span: int) -> int:
    """A round step of the axis: 1, 2 or 5 times a power of ten."""
    raw = max(span / TICKS, 1)
    power = 10 ** (len(str(int(raw))) - 1)
    return next(power * times for times in (1, 2, 5, 10) if power * times >= raw)


def _ticks(low: int, high: int) -> range:
    unit = _unit(high - low)
    return range(low, high + 1, unit)


def _draw(picture: Waterfall, place: int, step: Step, ends: tuple[int, int], scale: float) -> None:
    x = LEFT + STEP * place + (STEP - BAR) / 2
    low, high = (picture.base - (min(ends) - picture.cut_k) * scale, picture.base - (max(ends) - picture.cut_k) * scale)
    rising = step.value_k >= 0
    kind = "total" if step.is_total else ("rise" if rising else "fall")
    value = money.signed(step.value_k) if step.is_total or not rising else f"＋{money.signed(step.value_k)}"
    picture.bars.append(
        Bar(
            x=round(x, 1),
            y=round(high, 1),
            height=round(max(low - high, 1), 1),
            kind=kind,
            middle=round(x + BAR / 2, 1),
            text=value,
            text_y=round(high - 7 if rising or low + ROOM > picture.base else low + 15, 1),
            label=[(line, picture.base + 18 + 14 * row) for row, line in enumerate(_lines(step.name))],
            title=f"{step.name} {value}",
        )
    )
    if place + 1 < len(picture.steps):
        level = round(picture.base - (ends[1] - picture.cut_k) * scale, 1)
        picture.links.append((round(x + BAR, 1), level, round(x + STEP, 1)))


def _lines(text: str) -> list[str]:
    lines = [text[at : at + CHARACTERS] for at in range(0, len(text), CHARACTERS)]
    return lines if len(lines) <= LINES else [*lines[: LINES - 1], lines[LINES - 1][:-1] + "…"]
