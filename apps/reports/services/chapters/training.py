"""Which people are needed, how many are missing, and how they are trained."""

from typing import Any

from django.utils.translation import gettext as _

from apps.core.documents import Block, Chart, DataTable, Point, Series, TableColumn
from apps.core.registry import Standpoint
from apps.reports.models import ReportChapter
from apps.reports.services.chapters.parts import NOTHING, bars, count, day, key_figures, year
from apps.training.choices import SessionState
from apps.training.models import Course
from apps.training.selectors import (
    LEADER,
    GapTable,
    GoingOn,
    ProfileGaps,
    course_list,
    gap_table,
    going_on,
    share_of_courses,
    share_of_people,
    share_of_sessions,
)

FIGURES = (
    "training.courses",
    "training.courses_ad_hoc",
    "training.completed",
    "training.gap",
    "training.share_ad_hoc_courses",
    "training.share_ad_hoc_sessions",
    "training.share_ad_hoc_people",
    "training.went_on",
)


def blocks(chapter: ReportChapter, standpoint: Standpoint) -> list[Block]:
    """Key figures, the gap as bars and by year, the leaders as lines, and the courses of the year."""
    table = gap_table()
    leaders = [line for line in table.lines if line.profile.code == LEADER]
    return [
        key_figures(standpoint, *FIGURES),
        bars(standpoint, "training.gap_by_profile"),
        _gaps(table),
        *(_lines(line) for line in leaders),
        _planned(standpoint),
        _going_on(standpoint),
        _courses(standpoint),
    ]


def _gaps(table: GapTable) -> DataTable:
    needed = _("Needed %(year)s")
    short = _("Missing %(year)s")
    return DataTable(
        title=_("Needed and missing people by talent profile"),
        columns=(
            TableColumn(_("Talent profile")),
            *(TableColumn(needed % {"year": year(each)}, "number") for each in table.years),
            *(TableColumn(short % {"year": year(each)}, "number") for each in table.years),
        ),
        rows=tuple(
            (
                line.profile.name,
                *(count(gap.needed) for gap in line.gaps),
                *(told_people(None) if gap.hidden else count(gap.short) for gap in line.gaps),
            )
            for line in table.lines
        ),
        note=_("Present people are the latest estimate, carried forward until they are counted."),
        unit=_("people"),
    )


def _lines(line: ProfileGaps) -> Chart:
    """Needed people, and those present only in the years in which they were estimated or counted."""
    return Chart(
        title=_("%(profile)s: needed and present") % {"profile": line.profile.name},
        lead=_("A year without an estimate or a count of its own is left empty."),
        unit=_("people"),
        kind="lines",
        series=(Series(_("Needed")), Series(_("Present (estimate or count)"), "orange")),
        points=tuple(
            Point(str(gap.year), (gap.needed, gap.present if gap.counted_on or gap.estimated_in == gap.year else None))
            for gap in line.gaps
        ),
    )


def _planned(standpoint: Standpoint) -> DataTable:
    """How much stands outside of a plan."""
    rows = (
        (_("Courses"), share_of_courses),
        (_("Sessions held"), share_of_sessions),
        (_("People who completed them"), share_of_people),
    )
    shares = [(label, share(standpoint.year, standpoint.user)) for label, share in rows]
    return DataTable(
        title=_("Training inside and outside of a plan, %(year)s") % {"year": standpoint.year},
        columns=(
            TableColumn(_("What is counted")),
            TableColumn(_("In a plan"), "number"),
            TableColumn(_("Outside of a plan"), "number"),
            TableColumn(_("In all"), "number"),
            TableColumn(_("Share outside (%)"), "number"),
        ),
        rows=tuple(
            (label, count(share.planned), count(share.ad_hoc), count(share.whole), count(share.percent))
            for label, share in shares
        ),
    )


def _going_on(standpoint: Standpoint) -> DataTable:
    """Who went on to the next course, by the rule of five."""
    return DataTable(
        title=_("Who went on to the next course, %(year)s") % {"year": standpoint.year},
        columns=(
            TableColumn(_("Course")),
            TableColumn(_("Next course")),
            TableColumn(_("Completed"), "number"),
            TableColumn(_("Went on"), "number"),
            TableColumn(_("Completed the next one"), "number"),
        ),
        rows=tuple(_gone_on(each) for each in going_on(standpoint.year, standpoint.user)),
        note=_("Counted from rolls. A dash: no roll, so it cannot be counted. Numbers from 1 to 4 are hidden."),
        unit=_("people"),
    )


def _gone_on(each: GoingOn) -> tuple[str, ...]:
    following = each.course.next_course
    numbers = (each.completed, each.went_on, each.finished)
    told = [told_people(number) if each.counts else NOTHING for number in numbers]
    return (each.course.name, following.name if following else NOTHING, *told)


def _courses(standpoint: Standpoint) -> DataTable:
    courses = course_list(standpoint.user).filter(fiscal_year=standpoint.year)
    return DataTable(
        title=_("Courses of %(year)s") % {"year": standpoint.year},
        columns=(
            TableColumn(_("Course")),
            TableColumn(_("Format")),
            TableColumn(_("Talent profile")),
            TableColumn(_("In a plan or not")),
            TableColumn(_("Sessions held"), "number"),
            TableColumn(_("Completed"), "number"),
            TableColumn(_("Next session"), "date"),
        ),
        rows=tuple(_course(each) for each in courses.prefetch_related("sessions").order_by("source_key", "pk")),
    )


def _course(course: Course) -> tuple[str, ...]:
    sessions = list(course.sessions.all())
    held = [each for each in sessions if each.state == SessionState.HELD]
    coming = [each.date for each in sessions if each.state in {SessionState.PLANNED, SessionState.OPEN}]
    return (
        course.name,
        str(course.get_format_display()),
        course.profile.name,
        _("Outside of a plan") if course.is_ad_hoc else _("In a plan"),
        count(len(held)),
        _completed(course),
        day(min(coming, default=None)),
    )


def _completed(course: Any) -> str:
    """How many people completed it, or that the number is hidden."""
    return told_people(None if course.completed is None and course.hides_people else course.completed or 0)


def told_people(number: int | None) -> str:
    """A number counted from people, or the words for one that is hidden."""
    return _("fewer than 5 people") if number is None else count(number)
