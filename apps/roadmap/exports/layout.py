"""The layout of the roadmap picture: pure functions from rows and a window to shapes with their places.

Nothing here asks the database. `templates/roadmap/picture.svg` puts the shapes together.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.core import fonts
from apps.core.wareki import format_date
from apps.roadmap.exports import shapes, texts
from apps.roadmap.exports.arrows import Placed, arrows
from apps.roadmap.exports.axis import axis_of
from apps.roadmap.exports.bars import bar_of, milestones_of
from apps.roadmap.exports.frame import (
    FOOT,
    HEAD,
    LINE,
    PAGE,
    SIDE,
    SMALL_LINE,
    STATE_MARK,
    Frame,
    facts_of,
    heading_height,
    heading_lines,
    row_height,
    title_lines,
    vision_lines,
)
from apps.roadmap.exports.legend import LEGEND_HEIGHT, legend
from apps.roadmap.exports.shapes import INK, LIGHT, RED, RED_WORDS, SOFT, SUB, WHITE
from apps.roadmap.exports.twin import Speaker
from apps.roadmap.exports.window import Window
from apps.roadmap.selectors.picture import Group, Line, Plan


@dataclass(frozen=True)
class Row:
    """One initiative as it is drawn; `link` holds its title."""

    link: SafeString
    shapes: SafeString


@dataclass(frozen=True)
class Picture:
    """A whole drawing, ready for its template."""

    width: float
    height: float
    title: str
    description: str
    below: SafeString
    rows: tuple[Row, ...]
    above: SafeString
    font: str = fonts.SANS
    links: bool = True

    @property
    def width_words(self) -> str:
        return f"{self.width:.0f}"

    @property
    def height_words(self) -> str:
        return f"{self.height:.0f}"


def draw(plan: Plan, window: Window, today: date, frame: Frame = PAGE) -> Picture:
    """The picture of these rows in this window."""
    canvas = _Canvas(plan, window, today, frame)
    rows = tuple(canvas.rows())
    return Picture(
        width=frame.width,
        height=canvas.height,
        title=picture_title(plan, window),
        description=_("The same stands in the table below it.") if frame.links else description(plan),
        below=_safe(canvas.below()),
        rows=rows,
        above=_safe(canvas.above()),
        links=frame.links,
    )


def picture_title(plan: Plan, window: Window) -> str:
    """令和4年4月1日から令和14年3月31日までのロードマップ。取組は12件。"""
    count = len(plan.lines)
    initiatives = ngettext("%(count)d initiative", "%(count)d initiatives", count) % {"count": count}
    last = date.fromordinal(window.end.toordinal() - 1)
    return _("Roadmap from %(first)s to %(last)s: %(initiatives)s.") % {
        "first": format_date(window.start),
        "last": format_date(last),
        "initiatives": initiatives,
    }


def description(plan: Plan) -> str:
    """Every row in words, for those who do not see the picture."""
    speaker = Speaker()
    return "\n".join(speaker.line(line) for line in plan.lines)


def shows_vision(plan: Plan, window: Window) -> bool:
    """The ten-year picture ends in what will be true then."""
    return window.months == 120 and any(line.ten for line in plan.lines)


class _Canvas:
    """Where everything stands while one picture is made."""

    def __init__(self, plan: Plan, window: Window, today: date, frame: Frame) -> None:
        self.plan, self.today, self.frame = plan, today, frame
        self.vision = shows_vision(plan, window)
        right = frame.width - (frame.vision if self.vision else 0)
        self.axis = axis_of(window, frame.labels, right)
        self.speaker = Speaker()
        self.placed: dict[int, Placed] = {}
        self.headings: list[str] = []
        self.bottom = HEAD

    @property
    def height(self) -> float:
        return self.bottom + FOOT + (LEGEND_HEIGHT if self.frame.alone else 0)

    def rows(self) -> Iterator[Row]:
        for group in self.plan.groups:
            if group.title:
                self._head_group(group)
            for line in group.lines:
                yield self._row(line)

    def _head_group(self, group: Group) -> None:
        height = heading_height(group, self.frame)
        drawn = [shapes.box(0, self.bottom, self.frame.width, height, SOFT)]
        for n, text in enumerate(heading_lines(group, self.frame)):
            drawn.append(shapes.words(SIDE, self.bottom + 20 + LINE * n, text, bold=True))
        drawn.append(shapes.rule(0, self.bottom + height, self.frame.width, self.bottom + height))
        self.headings.append("".join(drawn))
        self.bottom += height

    def _row(self, line: Line) -> Row:
        top, height = self.bottom, row_height(line, self.frame, vision=self.vision)
        self.bottom += height
        bar = bar_of(line, self.axis, top, self.speaker)
        self.placed.setdefault(line.key, Placed(line, top, top + height, bar.left, bar.right, bar.inside))
        drawn = [
            shapes.rule(0, self.bottom, self.frame.width, self.bottom),
            self._facts(line, top),
            bar.drawn,
            milestones_of(line, self.axis, top, self.speaker),
            self._towards_vision(line, bar.right, top) if self.vision else "",
        ]
        return Row(_safe(self._title(line, top, height)), _safe("".join(drawn)))

    def _title(self, line: Line, top: float, height: float) -> str:
        """The title, on a page as a link whose focus frames the whole row."""
        words = "".join(
            shapes.words(SIDE, top + 24 + LINE * n, text, bold=True, fill=INK)
            for n, text in enumerate(title_lines(line, self.frame))
        )
        if not self.frame.links:
            return words
        focus = (
            f'<rect class="roadmap__focus" x="1.5" y="{top + 1.5:.1f}" width="{self.frame.width - 3:.1f}" '
            f'height="{height - 3:.1f}" fill="none"/>'
        )
        url, said = shapes.escaped(line.url), shapes.escaped(self.speaker.line(line))
        return f'<a href="{url}" aria-label="{said}">{focus}{words}</a>'

    def _facts(self, line: Line, top: float) -> str:
        y = top + 24 + LINE * len(title_lines(line, self.frame)) + 2
        drawn = []
        for fact in facts_of(line, self.frame):
            x, base = SIDE + fact.x, y + SMALL_LINE * fact.row
            if fact.is_state:
                drawn.append(shapes.state_mark(x, base - 4, line.chip))
                x += STATE_MARK
            drawn.append(shapes.words(x, base, fact.text, size=12, fill=SUB))
        return "".join(drawn)

    def _towards_vision(self, line: Line, bar_right: float, top: float) -> str:
        start, left = bar_right + 4, self.axis.right
        drawn = ""
        if line.ten and left - 8 > start:
            drawn = shapes.rule(start, top + 26, left - 8, top + 26, SUB, ' stroke-dasharray="4 4"')
        return drawn + "".join(
            shapes.words(left + 14, top + 24 + LINE * n, text, size=12)
            for n, text in enumerate(vision_lines(line, self.frame))
        )

    def below(self) -> str:
        """Head, grid, headings, today and the arrows that fit, which lie under the rows."""
        fitting = arrows(self.placed, self.axis, unfit=False)
        return "".join([*self._head(), self._grid(), *self.headings, self._today(), fitting])

    def _head(self) -> Iterator[str]:
        for n, label in enumerate(self.axis.upper):
            yield shapes.box(label.left, 0, label.right - label.left, HEAD, SOFT if n % 2 else LIGHT)
            yield shapes.words(label.middle, 20, label.text, bold=True, anchor="middle")
        for label in self.axis.lower:
            if label.fits:
                yield shapes.words(label.middle, 44, label.text, size=12, fill=SUB, anchor="middle")
        yield shapes.words(SIDE, 20, _("Initiative"), bold=True)
        yield shapes.words(SIDE, 44, _("Lead unit and state"), size=12, fill=SUB)
        if self.vision:
            left = self.axis.right
            yield shapes.box(left, 0, self.frame.width - left, HEAD, LIGHT)
            yield shapes.words(left + 14, 20, vision_words(self.plan), bold=True)
        yield shapes.rule(0, HEAD, self.frame.width, HEAD, SUB)

    def _grid(self) -> str:
        """Lines between years; where there is but one, between its months."""
        labels = self.axis.upper if len(self.axis.upper) > 1 else self.axis.lower
        edges = [*(label.left for label in labels), self.axis.right]
        return "".join(shapes.rule(x, HEAD, x, self.bottom) for x in edges)

    def above(self) -> str:
        """The arrows that do not fit, which lie over the rows, and the legend."""
        drawn = [arrows(self.placed, self.axis, unfit=True)]
        if self.frame.alone:
            drawn.append(legend(self.plan.baseline, self.bottom + FOOT, vision=self.vision))
        return "".join(drawn)

    def _today(self) -> str:
        if not self.axis.start <= self.today < self.axis.end:
            return ""
        x = self.axis.x(self.today)
        words = _("Today %(day)s") % {"day": f"{self.today.month}.{self.today.day}"}
        half = texts.width(words, 12, bold=True) / 2
        middle = min(max(x, self.axis.left + half), self.axis.right - half)
        return (
            shapes.rule(x, HEAD, x, self.bottom + 4, RED, ' stroke-width="2"')
            + f'<path d="M{x:.1f} {HEAD:.1f}l-6 -9h12z" fill="{RED}"/>'
            + shapes.box(middle - half - 3, self.bottom + 4, half * 2 + 6, 18, WHITE)
            + shapes.words(middle, self.bottom + 17, words, size=12, bold=True, fill=RED_WORDS, anchor="middle")
        )


def vision_words(plan: Plan) -> str:
    """令和14年度の将来像, where all of them are of one year."""
    if len(plan.ten_years) == 1:
        return _("Vision of %(year)s") % {"year": plan.ten_years[0]}
    return _("Ten-year vision")


def _safe(drawn: str) -> SafeString:
    """Made by `shapes`, which escapes every word."""
    return SafeString(drawn)
