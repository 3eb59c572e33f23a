"""What comes before what, and what is late. A quarter is one of a fiscal year: the first is April to June."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.roadmap.choices import InitiativeStatus, MilestoneState, PolicyStatus
from apps.roadmap.models import Initiative, InitiativeDependency, Milestone, Policy

CLOSED_INITIATIVE = (InitiativeStatus.ACHIEVED, InitiativeStatus.CANCELLED)
CLOSED_POLICY = (PolicyStatus.ACHIEVED, PolicyStatus.WITHDRAWN)
QUARTERS = (1, 2, 3, 4)


def conflicts() -> QuerySet[InitiativeDependency]:
    """Dependencies that do not fit: the initiative starts on or before the last day of what it needs.

    What is achieved, cancelled, archived or without dates holds nobody up.
    """
    links = InitiativeDependency.objects.filter(initiative__starts_on__lte=F("needs__ends_on"))
    for side in ("initiative", "needs"):
        links = links.filter(**{f"{side}__archived_at__isnull": True})
        links = links.exclude(**{f"{side}__status__in": CLOSED_INITIATIVE})
    return links.select_related("initiative", "needs").order_by("initiative__number", "needs__number", "pk")


def is_late_policy(policy: Policy) -> bool:
    """Its date has passed, and the policy is neither achieved nor withdrawn."""
    return bool(policy.target_date and policy.target_date < clock.today() and policy.status not in CLOSED_POLICY)


def next_milestone(initiative: Initiative) -> Milestone | None:
    """The first milestone that is not achieved, from the prefetched ones."""
    return next((each for each in initiative.milestones.all() if each.state != MilestoneState.ACHIEVED), None)


def first_day_of(milestone: Milestone) -> date:
    """The first day of the milestone's quarter."""
    year = milestone.fiscal_year.year
    return (date(year, 4, 1), date(year, 7, 1), date(year, 10, 1), date(year + 1, 1, 1))[milestone.quarter - 1]


def last_day_of(milestone: Milestone) -> date:
    """The last day of the milestone's quarter; that of the fourth lies in the next calendar year."""
    year = milestone.fiscal_year
    ends = (date(year.year, 6, 30), date(year.year, 9, 30), date(year.year, 12, 31), year.end)
    return ends[milestone.quarter - 1]


def is_overdue(milestone: Milestone) -> bool:
    """Its quarter is over and it is not achieved."""
    return milestone.state != MilestoneState.ACHIEVED and last_day_of(milestone) < clock.today()


def overdue_milestones() -> Q:
    """That a milestone's quarter is over and it is not achieved, as a condition."""
    today = clock.today()
    year = FiscalYear.of(today)
    quarter = (today.month - 4) % 12 // 3 + 1
    passed = Q(fiscal_year__lt=int(year)) | Q(fiscal_year=int(year), quarter__lt=quarter)
    return passed & ~Q(state=MilestoneState.ACHIEVED)


@dataclass(frozen=True)
class MilestoneCell:
    """A milestone, whether its quarter has passed without it, and whether it lies outside the initiative's period."""

    milestone: Milestone
    overdue: bool
    outside: bool


@dataclass(frozen=True)
class YearOfMilestones:
    """The milestones of a fiscal year, one list for each of its four quarters."""

    year: FiscalYear
    quarters: list[list[MilestoneCell]]


def milestones_by_year(initiative: Initiative) -> list[YearOfMilestones]:
    """From the first year with a milestone to the last one, years without any included."""
    milestones = list(initiative.milestones.all())
    if not milestones:
        return []
    first, last = int(milestones[0].fiscal_year), int(milestones[-1].fiscal_year)
    cells = [MilestoneCell(each, is_overdue(each), is_outside(each, initiative)) for each in milestones]
    return [_year_of(FiscalYear(year), cells) for year in range(first, last + 1)]


def _year_of(year: FiscalYear, all_cells: list[MilestoneCell]) -> YearOfMilestones:
    cells = [cell for cell in all_cells if cell.milestone.fiscal_year == year]
    return YearOfMilestones(year, [[cell for cell in cells if cell.milestone.quarter == part] for part in QUARTERS])


@dataclass(frozen=True)
class Neighbour:
    """An initiative before or after another one, and whether their dates do not fit."""

    initiative: Initiative
    in_conflict: bool


def needed_first(initiative: Initiative, visible: QuerySet[Initiative]) -> list[Neighbour]:
    """What must end before this initiative can begin, as far as `visible`."""
    others = visible.filter(dependent_links__initiative=initiative)
    return _neighbours(others, conflicts().filter(initiative=initiative).values_list("needs_id", flat=True))


def waiting_for(initiative: Initiative, visible: QuerySet[Initiative]) -> list[Neighbour]:
    """What can begin only when this initiative has ended, as far as `visible`."""
    others = visible.filter(dependency_links__needs=initiative)
    return _neighbours(others, conflicts().filter(needs=initiative).values_list("initiative_id", flat=True))


def _neighbours(others: QuerySet[Initiative], unfit: Iterable[int]) -> list[Neighbour]:
    wrong = set(unfit)
    return [Neighbour(each, each.pk in wrong) for each in others.select_related("lead_unit").order_by("number", "pk")]


def related_to(initiative: Initiative, visible: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """Initiatives that should know of this one, whichever of the two names the other."""
    either = Q(relation_links__other=initiative) | Q(relation_links_back__initiative=initiative)
    return visible.filter(either).distinct().select_related("lead_unit").order_by("number", "pk")


def is_outside(milestone: Milestone, initiative: Initiative) -> bool:
    """Its quarter has ended before the initiative starts, or begins after it has ended."""
    first, last = first_day_of(milestone), last_day_of(milestone)
    before = initiative.starts_on is not None and last < initiative.starts_on
    return before or (initiative.ends_on is not None and first > initiative.ends_on)
