"""The small picture beside a step of the backward plan: from the day on which it is done to the latest one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.safestring import SafeString, mark_safe

from apps.budget.selectors.backward import BackwardPlan, Row
from apps.roadmap.exports.shapes import GREEN, GRID, INK, KEY, PALE, RED, box, rule

WIDTH, HEIGHT, EDGE = 260.0, 20.0, 8.0
MIDDLE = HEIGHT / 2


@dataclass(frozen=True)
class Scale:
    """From the first to the last day of a plan."""

    first: date
    last: date

    def x(self, day: date) -> float:
        whole = (self.last - self.first).days or 1
        return EDGE + (WIDTH - 2 * EDGE) * (day - self.first).days / whole


def scale_of(plan: BackwardPlan) -> Scale:
    """All days of the plan and today, with a week on both sides."""
    days = [day for row in plan.rows for day in (row.day, row.latest) if day]
    week = timedelta(days=7)
    return Scale(min([plan.today, *days]) - week, max([plan.today, *days]) + week)


def pictures(plan: BackwardPlan) -> list[tuple[Row, SafeString]]:
    """Every row with its picture; the words stand in the table beside it."""
    scale = scale_of(plan)
    return [(row, _svg(_shapes(row, plan.today, scale))) for row in plan.rows]


def _shapes(row: Row, today: date, scale: Scale) -> Iterable[str]:
    yield rule(0, MIDDLE, WIDTH, MIDDLE, GRID)
    yield rule(scale.x(today), 0, scale.x(today), HEIGHT, RED)
    if row.step.not_needed:
        return
    if row.day and row.latest:
        left, right = sorted((scale.x(row.day), scale.x(row.latest)))
        yield box(left, MIDDLE - 4, right - left, 8, RED if row.is_late else PALE)
    if row.day:
        fill = GREEN if not row.step.is_open else KEY if row.is_planned else "#ffffff"
        stroke = GREEN if not row.step.is_open else KEY
        yield f'<circle cx="{scale.x(row.day):.1f}" cy="{MIDDLE}" r="4.5" fill="{fill}" stroke="{stroke}"/>'
    if row.latest:
        yield rule(scale.x(row.latest), 2, scale.x(row.latest), HEIGHT - 2, INK, ' stroke-width="2"')


def _svg(shapes: Iterable[str]) -> SafeString:
    head = f'<svg class="chart" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" width="{WIDTH:.0f}" height="{HEIGHT:.0f}"'
    return mark_safe(f'{head} aria-hidden="true">{"".join(shapes)}</svg>')  # noqa: S308 numbers and names of colours
