"""The fiscal year in one view: the city's own days, the calls, and the steps of one's own proposals."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.choices import StageKind, WindowKind
from apps.budget.models import GrantProgramme, Proposal
from apps.budget.selectors.backward import BackwardPlan
from apps.budget.selectors.proposals import visible_to
from apps.budget.selectors.steps import backward_plans
from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.organization.choices import CalendarKind
from apps.organization.models import CalendarEvent

# From April to the June of the next fiscal year, in which what was asked for begins.
MONTHS = 15
# More rows do not fit in one view; the page says that there are more.
MOST_PROPOSALS = 30
MOST_CALLS = 40
# How the city's calendar marks a day that is not fixed yet; pages say so by a mark of their own.
ASSUMED = "（仮）"
MOST_WATCHED = 500
OPEN_DAYS = (
    ("guidance_on", gettext_lazy("Guidance published")),
    ("opens_on", gettext_lazy("Opens")),
    ("consultation_until", gettext_lazy("Consultation until")),
    ("closes_on", gettext_lazy("Apply by")),
    ("decision_on", gettext_lazy("Decision")),
)


@dataclass(frozen=True)
class Mark:
    """A day in a row, and what happens on it."""

    day: date
    label: str
    assumed: bool = False
    important: bool = False


@dataclass(frozen=True)
class Line:
    """One row: its marks, and the time in which one can apply."""

    title: str
    marks: tuple[Mark, ...]
    url: str = ""
    note: str = ""
    span: tuple[date, date] | None = None
    assumed: bool = False


@dataclass(frozen=True)
class Section:
    """Rows of one kind; `more` counts those that are left out."""

    title: str
    lines: tuple[Line, ...]
    more: int = 0


@dataclass(frozen=True)
class YearCalendar:
    """A fiscal year and the spring after it."""

    year: FiscalYear
    first: date
    end: date
    sections: tuple[Section, ...]

    @property
    def is_empty(self) -> bool:
        return not any(section.lines for section in self.sections)


def calendar_of(year: FiscalYear, user: Any, unit: Any = None) -> YearCalendar:
    """The calendar of a year; `unit` says whose proposals it shows, else those of the person's own units."""
    first, end = year.start, date(year.year + 1, 7, 1)
    sections = (_city_days(first, end), _calls(first, end), _own_steps(year, first, end, user, unit))
    return YearCalendar(year, first, end, sections)


def calendar_years() -> list[FiscalYear]:
    """The years that have days in the calendar, newest first, the one of today among them."""
    known = CalendarEvent.objects.order_by().values_list("fiscal_year", flat=True).distinct()
    return sorted({*known, FiscalYear.of(clock.today())}, reverse=True)


def _city_days(first: date, end: date) -> Section:
    """A row for each kind of day, in the order of the kinds."""
    found: dict[str, list[Mark]] = {}
    for event in CalendarEvent.objects.filter(date__gte=first, date__lt=end):
        found.setdefault(event.kind, []).append(
            Mark(event.date, event.title.replace(ASSUMED, ""), ASSUMED in event.title)
        )
    kinds = [kind for kind in CalendarKind if kind in found]
    return Section(_("The city's calendar"), tuple(Line(str(kind.label), tuple(found[kind])) for kind in kinds))


def _calls(first: date, end: date) -> Section:
    within = Q(closes_on__gte=first, closes_on__lt=end) | Q(opens_on__gte=first, opens_on__lt=end)
    calls = GrantProgramme.objects.filter(within, archived_at__isnull=True).order_by("closes_on", "pk")
    lines = tuple(_call(grant, first, end) for grant in calls[:MOST_CALLS])
    return Section(_("Calls of nation and prefecture"), lines, max(0, calls.count() - len(lines)))


def _call(grant: GrantProgramme, first: date, end: date) -> Line:
    assumed = grant.window == WindowKind.ASSUMED
    days = [(getattr(grant, name), str(label), name == "closes_on") for name, label in OPEN_DAYS]
    marks = [Mark(day, label, assumed, last) for day, label, last in days if day and first <= day < end]
    span = (grant.opens_on, grant.closes_on) if grant.opens_on and grant.closes_on else None
    return Line(
        title=str(grant),
        marks=tuple(sorted(marks, key=lambda mark: mark.day)),
        url=grant.get_absolute_url(),
        note=grant.get_window_display(),
        span=span,
        assumed=assumed,
    )


def _own_steps(year: FiscalYear, first: date, end: date, user: Any, unit: Any) -> Section:
    units = [unit.pk] if unit else list(user.unit_ids)
    own = riding_today(user).filter(requesting_unit__in=units, fiscal_year=year.next)
    proposals = list(own.order_by("project_code", "pk")[:MOST_PROPOSALS])
    plans = backward_plans(proposals)
    lines = tuple(_steps_line(proposal, plans[proposal.pk], first, end) for proposal in proposals)
    more = max(0, own.count() - len(lines)) if len(lines) == MOST_PROPOSALS else 0
    title = _("Latest days of the steps: %(unit)s") % {"unit": unit} if unit else _("Latest days of one's own steps")
    return Section(title, lines, more)


def _steps_line(proposal: Proposal, plan: BackwardPlan, first: date, end: date) -> Line:
    known = [row for row in plan.rows if row.step.is_open and row.latest and first <= row.latest < end]
    marks = [Mark(row.latest, row.step.name, row.anchor.assumed, row.is_late) for row in known if row.latest]
    return Line(str(proposal), tuple(marks), f"{proposal.get_absolute_url()}#backward", str(proposal.requesting_unit))


def riding_today(user: Any) -> Any:
    """The proposals open to `user` that count on a call and are still on their way, of this year and later ones."""
    this_year = FiscalYear.of(clock.today())
    counting = Q(grant__isnull=False) | Q(fundings__grant__isnull=False)
    open_ = visible_to(user).filter(counting, fiscal_year__gte=this_year).exclude(stage__kind=StageKind.DROPPED)
    return open_.select_related("requesting_unit", "stage", "grant").distinct()


def narrowest_cases(
    user: Any, proposals: Iterable[Any] | None = None, *, open_steps_alone: bool = False
) -> list[tuple[Any, BackwardPlan]]:
    """The proposals whose steps are open still, those with the least slack first, with their plans."""
    rows = list(
        riding_today(user).order_by("grant__closes_on", "pk")[:MOST_WATCHED] if proposals is None else proposals
    )
    plans = backward_plans(rows, open_steps_alone=open_steps_alone)
    open_ = [(proposal, plans[proposal.pk]) for proposal in rows if plans[proposal.pk].narrowest]
    return sorted(open_, key=lambda pair: (pair[1].narrowest.slack or 0, pair[0].pk))  # type: ignore[union-attr]
