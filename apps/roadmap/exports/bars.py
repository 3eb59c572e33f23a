"""The bar of an initiative with its progress, its baseline and its slip, and its milestones."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from apps.core.wareki import format_date
from apps.roadmap.exports import shapes, texts
from apps.roadmap.exports.axis import Axis
from apps.roadmap.exports.shapes import GRAY, KEY, PALE, RED_WORDS, SUB, WHITE
from apps.roadmap.exports.twin import Speaker
from apps.roadmap.selectors.picture import Line

TOP, HEIGHT = 16.0, 20.0  # of the bar within its row
MIDDLE = TOP + HEIGHT / 2
BASELINE_TOP, BASELINE_HEIGHT = 40.0, 5.0
WORDS = 46.0
OPEN_END = 30.0  # how long a bar is of which one end is unknown
NARROWEST = 4.0
APART = 10.0  # pixels between milestones of the same day


@dataclass(frozen=True)
class Bar:
    """Where a bar stands, and its shapes; not `inside` where the window shows nothing of it."""

    left: float
    right: float
    inside: bool
    drawn: str


def bar_of(line: Line, axis: Axis, top: float, speaker: Speaker) -> Bar:
    if not (line.starts_on or line.ends_on):
        drawn = shapes.words(axis.left + 8, top + MIDDLE + 4, _("No dates yet"), size=12, fill=SUB)
        return Bar(axis.left, axis.left, False, drawn)
    if line.ends_on and line.ends_on < axis.start:
        return _outside(line, axis, top, before=True)
    if line.starts_on and line.starts_on >= axis.end:
        return _outside(line, axis, top, before=False)
    if line.starts_on and line.ends_on:
        bar = _closed(line, line.starts_on, line.ends_on, axis, top)
    else:
        bar = _half_open(line, axis, top)
    return Bar(bar.left, bar.right, True, bar.drawn + _slip(line, axis, bar.right, top, speaker.slip(line)))


def _outside(line: Line, axis: Axis, top: float, *, before: bool) -> Bar:
    """An arrow at the edge, with the dates that the window does not reach."""
    x, y = (axis.left, top + MIDDLE) if before else (axis.right, top + MIDDLE)
    way, anchor, step = ("left", "start", 14) if before else ("right", "end", -14)
    arrow = shapes.pointer(x + 2 if before else x - 2, y, way, KEY)
    words = shapes.words(x + step, y + 4, period_words(line), size=12, fill=SUB, anchor=anchor)
    return Bar(x, x, False, arrow + words)


def _closed(line: Line, starts_on: date, ends_on: date, axis: Axis, top: float) -> Bar:
    left, right = axis.x(starts_on), axis.x_after(ends_on)
    if right - left < NARROWEST:
        left, right = (left, left + NARROWEST) if left + NARROWEST <= axis.right else (right - NARROWEST, right)
    y = top + TOP
    drawn = [_baseline(line, axis, top), _frame(left, right, y)]
    done = _done(line, starts_on, ends_on, axis, left, right)
    if done > left:
        drawn.append(shapes.box(left, y, done - left, HEIGHT, KEY, ' rx="3"'))
    drawn.append(_edges(starts_on < axis.start, ends_on >= axis.end, axis, top))
    return Bar(left, right, True, "".join(drawn))


def _done(line: Line, starts_on: date, ends_on: date, axis: Axis, left: float, right: float) -> float:
    """Up to where the bar is dark: its share of the days, as far as the window shows them."""
    if line.share <= 0:
        return left
    if starts_on >= axis.start and ends_on < axis.end and axis.parts[0].end >= ends_on:
        return left + (right - left) * line.share
    days = (ends_on - starts_on).days + 1
    reached = date.fromordinal(starts_on.toordinal() + round(days * line.share))
    return min(right, max(left, axis.x(reached)))


def _frame(left: float, right: float, y: float) -> str:
    return shapes.box(left, y, right - left, HEIGHT, PALE, f' rx="3" stroke="{KEY}"')


def _edges(begins_before: bool, ends_after: bool, axis: Axis, top: float) -> str:
    """Arrows where the bar goes on outside the window."""
    y = top + MIDDLE
    before = shapes.pointer(axis.left + 3, y, "left", WHITE, KEY) if begins_before else ""
    return before + (shapes.pointer(axis.right - 3, y, "right", WHITE, KEY) if ends_after else "")


def _half_open(line: Line, axis: Axis, top: float) -> Bar:
    """A short dashed bar that begins or ends on the one known day; words say which day is missing."""
    y = top + TOP
    if line.starts_on:
        left = axis.x(line.starts_on)
        right, at, anchor, words = min(left + OPEN_END, axis.right), 8.0, "start", _("end not set")
        at += right
    else:
        right = axis.x_after(line.ends_on or axis.start)
        left, at, anchor, words = max(right - OPEN_END, axis.left), right + 8, "start", _("start not set")
    wide = texts.width(words, 12)
    if at + wide > axis.right:
        at, anchor = left - 8, "end"
    dashed = f' rx="3" stroke="{KEY}" stroke-dasharray="4 3"'
    drawn = (
        _baseline(line, axis, top)
        + shapes.box(left, y, right - left, HEIGHT, WHITE, dashed)
        + shapes.words(at, top + MIDDLE + 4, words, size=12, fill=SUB, anchor=anchor)
    )
    return Bar(left, right, True, drawn)


def _baseline(line: Line, axis: Axis, top: float) -> str:
    """The period of the baseline, thin and grey, below the bar."""
    first, last = line.old_starts_on or line.old_ends_on, line.old_ends_on or line.old_starts_on
    if not first or not last or last < axis.start or first >= axis.end:
        return ""
    left, right = axis.x(first), axis.x_after(last)
    return shapes.box(left, top + BASELINE_TOP, max(right - left, 2), BASELINE_HEIGHT, GRAY)


def _slip(line: Line, axis: Axis, right: float, top: float, words: str) -> str:
    if not words:
        return ""
    late = bool(line.end_slip and line.end_slip.is_late)
    x, y, anchor = right + 8, top + WORDS + 2, "start"
    if x + texts.width(words, 12, bold=True) > axis.right:  # below the baseline, then
        x, y, anchor = axis.right - 4, top + WORDS + 10, "end"
    fill = RED_WORDS if late else SUB
    return shapes.words(x, y, words, size=12, bold=True, fill=fill, anchor=anchor)


def milestones_of(line: Line, axis: Axis, top: float, speaker: Speaker) -> str:
    """Diamonds on the last days of their quarters; those of one day stand side by side."""
    drawn: list[str] = []
    last_x = None
    for each in reversed(line.milestones):
        if not axis.start <= each.on < axis.end:
            continue
        x = axis.x(each.on)
        if last_x is not None and last_x - x < APART:
            x = max(axis.left, last_x - APART)
        last_x = x
        drawn.append(shapes.diamond(x, top + MIDDLE, each.achieved, speaker.milestone(each)))
    return "".join(reversed(drawn))


def period_words(line: Line) -> str:
    """R4.10.1～R5.6.30; a dash where a day is unknown."""
    first, last = (format_date(each, short=True) if each else "－" for each in (line.starts_on, line.ends_on))
    return f"{first}～{last}"
