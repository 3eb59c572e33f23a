"""The words of the picture: what its table, its workbook and those who read it aloud say of each row."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps.core.wareki import format_date
from apps.roadmap.selectors.picture import Line, Marked, Needed, Plan

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
        slip = self.line.end_slip or self.line.start_slip
        return bool(slip and slip.is_late)

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
            "\n".join(said(needed) for needed in line.needs) or NOTHING,
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


def twin_of(line: Line) -> Twin:
    return Twin(
        line=line,
        period=(_day(line.starts_on), _day(line.ends_on)),
        slip=slip_words(line),
        milestones=tuple(map(milestone_words, line.milestones)),
        relations=tuple((needed, needed_words(needed)) for needed in line.needs),
    )


def three_years_words(plan: Plan) -> str:
    """3年後（令和7年度）の将来像."""
    if len(plan.three_years) == 1:
        return _("Vision in three years (%(year)s)") % {"year": plan.three_years[0]}
    return _("Three-year vision")


def slip_words(line: Line) -> str:
    """3か月遅れ: of the end; of the start where the end stands or is unknown."""
    if line.end_slip:
        return line.end_slip.words
    return _("start %(slip)s") % {"slip": line.start_slip.words} if line.start_slip else ""


def milestone_words(each: Marked) -> str:
    """済 R4 第3四半期　例規の洗い出し."""
    when = _("%(year)s Q%(quarter)s") % {"year": each.year, "quarter": each.quarter}
    mark = _("done") + " " if each.achieved else _("overdue") + " " if each.overdue else ""
    return f"{mark}{when}\u3000{each.text}"


def needed_words(needed: Needed) -> str:
    """I-2022-0009の後; I-2022-0009の終わる前に始まる."""
    if needed.unfit:
        return _("starts before %(needs)s ends") % {"needs": needed.name}
    return _("after %(needs)s") % {"needs": needed.name}


def said(needed: Needed) -> str:
    """The same where no mark stands beside it: 矛盾：I-2022-0009の終わる前に始まる."""
    words = needed_words(needed)
    return _("Conflict: %(words)s") % {"words": words} if needed.unfit else words


def spoken(line: Line) -> str:
    """A row in one breath."""
    period = f"{_day(line.starts_on)}～{_day(line.ends_on)}"
    if not (line.starts_on or line.ends_on):
        period = _("No dates yet")
    parts = [" ".join(filter(None, (line.number, line.title))), line.unit, line.status, period, slip_words(line)]
    parts += [said(each) for each in line.needs]
    return "、".join(filter(None, parts))


def _day(day: object) -> str:
    return format_date(day, short=True) if day else NOTHING  # type: ignore[arg-type]
