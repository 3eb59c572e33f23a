"""The calendar of a year as a drawing: months above, a row for each kind of day, each call and each proposal."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from apps.budget.selectors.calendar import Line, Mark, Section, YearCalendar
from apps.core import fonts
from apps.core.fiscal import FiscalYear
from apps.roadmap.exports import texts
from apps.roadmap.exports.shapes import DARK, GRID, INK, KEY, LIGHT, RED, RED_WORDS, SOFT, SUB, WHITE, box, rule, words

WIDTH, LABELS = 1296.0, 268.0
HEAD, HEADING, ROW, FOOT = 46.0, 30.0, 40.0, 10.0
SMALL = 12
SIDE = 8.0
STRIPE = 7.0
APART = 18.0  # two numbers beside each other
TIERS = (-8, 15, 28)  # of the numbers, from the middle of their dots
CROWDED = 58.0
FIRST_MONTH = 4


@dataclass(frozen=True)
class Picture:
    """A whole drawing, ready for templates/roadmap/picture.svg."""

    width: float
    height: float
    title: str
    description: str
    below: SafeString
    above: SafeString
    rows: tuple[object, ...] = ()
    font: str = fonts.SANS
    links: bool = True

    @property
    def width_words(self) -> str:
        return f"{self.width:.0f}"

    @property
    def height_words(self) -> str:
        return f"{self.height:.0f}"


def draw_calendar(calendar: YearCalendar, today: date) -> SafeString:
    """The picture of a year, to stand within a page; the same stands in the table beside it."""
    canvas = _Canvas(calendar, today)
    shapes = "".join(canvas.shapes())
    picture = Picture(
        width=WIDTH,
        height=canvas.bottom + FOOT,
        title=_("Calendar of %(year)s") % {"year": calendar.year},
        description=_("The same stands in the table below it."),
        below=_safe("".join(canvas.ground())),
        above=_safe(shapes),
    )
    return mark_safe(render_to_string("roadmap/picture.svg", {"picture": picture}).strip())  # noqa: S308 escaped in shapes


def _safe(shapes: str) -> SafeString:
    return mark_safe(shapes)  # noqa: S308 apps.roadmap.exports.shapes escapes what people wrote


class _Canvas:
    """Where everything stands while one picture is made."""

    def __init__(self, calendar: YearCalendar, today: date) -> None:
        self.calendar, self.today = calendar, today
        self.scale = (WIDTH - LABELS) / (calendar.end - calendar.first).days
        self.sections = [section for section in calendar.sections if section.lines]
        self.bottom = HEAD + sum(HEADING + sum(map(self.height, section.lines)) for section in self.sections)

    def x(self, day: date) -> float:
        inside = min(max(day, self.calendar.first), self.calendar.end)
        return LABELS + (inside - self.calendar.first).days * self.scale

    def months(self) -> Iterator[tuple[date, date]]:
        start = self.calendar.first
        while start < self.calendar.end:
            following = (start.replace(day=28) + timedelta(days=7)).replace(day=1)
            yield start, following
            start = following

    def ground(self) -> Iterator[str]:
        """Months and their lines."""
        yield box(LABELS, 0, WIDTH - LABELS, HEAD, SOFT)
        for start, following in self.months():
            if start.month == FIRST_MONTH:
                yield words(self.x(start) + 4, 17, str(FiscalYear.of(start)), size=SMALL, fill=DARK)
            middle = (self.x(start) + self.x(following)) / 2
            yield words(middle, 38, _("%(month)d.") % {"month": start.month}, size=SMALL, bold=True, anchor="middle")
            yield rule(self.x(start), 22, self.x(start), self.bottom, GRID)
        if self.calendar.first <= self.today < self.calendar.end:
            yield rule(self.x(self.today), HEAD, self.x(self.today), self.bottom, RED, ' stroke-width="2"')

    def shapes(self) -> Iterator[str]:
        top = HEAD
        for section in self.sections:
            yield from self.heading(section, top)
            top += HEADING
            for line in section.lines:
                yield from self.line(line, top)
                top += self.height(line)

    def heading(self, section: Section, top: float) -> Iterator[str]:
        yield box(0, top, WIDTH, HEADING, LIGHT)
        yield words(SIDE, top + 20, section.title, bold=True)

    def line(self, line: Line, top: float) -> Iterator[str]:
        height = self.height(line)
        for row, text in enumerate(_titles(line)):
            yield words(SIDE, top + 18 + 16 * row, text, size=SMALL, fill=INK)
        yield rule(0, top + height, WIDTH, top + height, GRID)
        if line.span:
            yield from self.bar(line.span, top + 24, assumed=line.assumed)
        yield from self.marks(line, top + 24)

    def bar(self, span: tuple[date, date], y: float, *, assumed: bool) -> Iterator[str]:
        """The time in which one applies: full where it was announced, hatched and with its word where assumed."""
        left, right = self.x(span[0]), max(self.x(span[1]), self.x(span[0]) + 2)
        if right <= LABELS or left >= WIDTH or span[1] < self.calendar.first:
            return
        if not assumed:
            yield box(left, y - 5, right - left, 10, KEY)
            return
        yield box(left, y - 5, right - left, 10, WHITE, f' stroke="{KEY}" stroke-dasharray="4 3"')
        at = left + STRIPE
        while at < right:
            yield rule(at, y - 5, max(left, at - 6), y + 5, KEY, ' stroke-opacity="0.6"')
            at += STRIPE
        said = _("(assumed)")
        room = WIDTH - right > texts.width(said, SMALL) + 14
        yield words(
            right + 10 if room else left - 6, y + 4, said, size=SMALL, fill=SUB, anchor="start" if room else "end"
        )

    def marks(self, line: Line, y: float) -> Iterator[str]:
        """A dot and the day of the month, where there is room for it; a day is written once."""
        for mark, tier in self.tiers(line):
            x = self.x(mark.day)
            yield _dot(mark, x, y)
            if tier is not None:
                tone = RED_WORDS if mark.important and not line.span else INK
                yield words(x, y + TIERS[tier], str(mark.day.day), size=SMALL, fill=tone, anchor="middle")

    def tiers(self, line: Line) -> Iterator[tuple[Mark, int | None]]:
        """Above the dots, below them or lower still: the first tier in which the number before is not too near."""
        last = [-100.0] * len(TIERS)
        written = None
        for mark in line.marks:
            x = self.x(mark.day)
            free = (tier for tier, before in enumerate(last) if x - before >= APART)
            tier = None if mark.day == written else next(free, len(TIERS) - 1)
            if tier is not None:
                last[tier], written = x, mark.day
            yield mark, tier

    def height(self, line: Line) -> float:
        """As high as its title, and as the numbers at its dots."""
        is_crowded = any(tier == len(TIERS) - 1 for _mark, tier in self.tiers(line))
        return max(CROWDED if is_crowded else ROW, 12 + 16 * len(_titles(line)))


def _dot(mark: Mark, x: float, y: float) -> str:
    fill = WHITE if mark.assumed else KEY
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{fill}" stroke="{KEY}" stroke-width="1.5"/>'


def _titles(line: Line) -> tuple[str, ...]:
    title = texts.lines(line.title, SMALL, LABELS - 2 * SIDE)
    return (*title, line.note) if line.note and not line.assumed else title
