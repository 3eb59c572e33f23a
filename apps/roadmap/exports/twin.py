"""The words of the picture: what its table, its workbook and those who read it aloud say of each row."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.core.wareki import format_date
from apps.roadmap.selectors.picture import Line, Marked, Needed, Plan
from apps.roadmap.selectors.slips import slip

NOTHING = "－"


@dataclass(frozen=True)
class Twin:
    """One row of the table, as ready words."""

    line: Line
    period: tuple[str, str]
    slip: str
    milestones: tuple[str, ...]
    relations: tuple[tuple[Needed, str], ...]

    @property
    def is_late(self) -> bool:
        moved = self.line.end_slip or self.line.start_slip
        return bool(moved and moved.is_late)

    @property
    def cells(self) -> tuple[str, ...]:
        """The row for a sheet and for paper."""
        line = self.line
        return (
            line.title,
            "\n".join(filter(None, (line.number, line.unit))),
            line.status,
            f"{self.period[0]}～{self.period[1]}",
            self.slip or NOTHING,
            "\n".join(self.milestones) or NOTHING,
            line.three or NOTHING,
            "\n".join(said(get_language() or "", needed) for needed in line.needs) or NOTHING,
        )


def columns(plan: Plan) -> tuple[str, ...]:
    """The heads of those cells."""
    return (
        _("Initiative"),
        _("Number and lead unit"),
        _("State"),
        _("Period"),
        _("Slip"),
        _("Milestones"),
        three_years_words(plan),
        _("What must end first"),
    )


class Speaker:
    """Says everything in the language of the moment when it was made.

    Words are kept by language and not looked up for each diamond, which would take longer than to draw it.
    """

    def __init__(self) -> None:
        self.language = get_language() or ""

    def twin(self, line: Line) -> Twin:
        return Twin(
            line=line,
            period=(_day(line.starts_on), _day(line.ends_on)),
            slip=self.slip(line),
            milestones=tuple(self.milestone(each) for each in line.milestones),
            relations=tuple((needed, _needed(self.language, needed.name, needed.unfit)) for needed in line.needs),
        )

    def slip(self, line: Line) -> str:
        """3か月遅れ: of the end; of the start where the end stands or is unknown."""
        if not line.frozen:
            return ""
        return _slip(self.language, line.old_starts_on, line.starts_on, line.old_ends_on, line.ends_on)

    def milestone(self, each: Marked) -> str:
        """済 R4 第3四半期　例規の洗い出し."""
        return _when(self.language, each.year, each.quarter, each.achieved, each.overdue) + each.text

    def line(self, line: Line) -> str:
        """A row in one breath."""
        known = line.starts_on or line.ends_on
        period = f"{_day(line.starts_on)}～{_day(line.ends_on)}" if known else _("No dates yet")
        name = f"{line.number} {line.title}" if line.number else line.title
        needs = [said(self.language, each) for each in line.needs]
        return "、".join(filter(None, (name, line.unit, line.status, period, self.slip(line), *needs)))


def twin_of(line: Line) -> Twin:
    return Speaker().twin(line)


def spoken(line: Line) -> str:
    return Speaker().line(line)


def three_years_words(plan: Plan) -> str:
    """3年後（令和7年度）の将来像."""
    if len(plan.three_years) == 1:
        return _("Vision in three years (%(year)s)") % {"year": plan.three_years[0]}
    return _("Three-year vision")


@lru_cache(maxsize=4096)
def _slip(language: str, old_start: date | None, start: date | None, old_end: date | None, end: date | None) -> str:
    of_end, of_start = slip(old_end, end), slip(old_start, start)
    if of_end:
        return of_end.words
    return _("start %(slip)s") % {"slip": of_start.words} if of_start else ""


@lru_cache(maxsize=512)
def _when(language: str, year: str, quarter: int, achieved: bool, overdue: bool) -> str:
    when = _("%(year)s Q%(quarter)s") % {"year": year, "quarter": quarter}
    mark = _("done") + " " if achieved else _("overdue") + " " if overdue else ""
    return f"{mark}{when}\u3000"


@lru_cache(maxsize=4096)
def _needed(language: str, name: str, unfit: bool) -> str:
    """I-2022-0009の後; I-2022-0009の終わる前に始まる."""
    return (_("starts before %(needs)s ends") if unfit else _("after %(needs)s")) % {"needs": name}


def said(language: str, needed: Needed) -> str:
    """The same where no mark stands beside it: 矛盾：I-2022-0009の終わる前に始まる."""
    words = _needed(language, needed.name, needed.unfit)
    return _("Conflict: %(words)s") % {"words": words} if needed.unfit else words


@lru_cache(maxsize=4096)
def _day(day: date | None) -> str:
    return format_date(day, short=True) if day else NOTHING
