"""Reads of introduction plans; they are seen like proposals."""

from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet, Sum

from apps.budget.models import IntroductionPlan, PlanPoint
from apps.budget.selectors.proposals import open_to, visible_to
from apps.core.fiscal import FiscalYear
from apps.organization.choices import CalendarKind
from apps.organization.models import CalendarEvent
from apps.organization.selectors.lineage import lineage_today


def visible_plans(user: Any) -> QuerySet[IntroductionPlan]:
    """The introduction plans that `user` may see."""
    return open_to(user, IntroductionPlan.objects.filter(archived_at__isnull=True), unit="unit")


def plan_list(user: Any) -> QuerySet[Any]:
    """Visible plans with all that a row shows: `points_sum` of `points_max`, and the proposal where it is open, too.

    Points are None where nobody has judged. A proposal that is hidden from `user` is None in `open_proposal`.
    """
    points = visible_plans(user).annotate(
        points_sum=Sum("points__points"), points_max=Sum("points__criterion__max_points")
    )
    open_proposal = Prefetch("proposal", queryset=visible_to(user), to_attr="open_proposal")
    return points.select_related("unit").prefetch_related(open_proposal)


def plan_detail(user: Any) -> QuerySet[Any]:
    """Visible plans with all that their page shows."""
    points = Prefetch("points", queryset=PlanPoint.objects.select_related("criterion"))
    return plan_list(user).prefetch_related(points)


def plans_of_year(fiscal_year: FiscalYear, user: Any) -> QuerySet[IntroductionPlan]:
    """The visible plans for one year's budget request."""
    return visible_plans(user).filter(fiscal_year=fiscal_year)


def plan_years() -> list[FiscalYear]:
    """The years that have introduction plans, newest first."""
    years = IntroductionPlan.objects.order_by("-fiscal_year").values_list("fiscal_year", flat=True)
    return list(years.distinct())


def open_to_link(plan: IntroductionPlan, user: Any) -> QuerySet[Any]:
    """The proposals to which a plan can belong: those of its section (of today) and year that `user` sees."""
    units = lineage_today().own([plan.unit_id])
    return visible_to(user).filter(fiscal_year=plan.fiscal_year, requesting_unit__in=units).order_by("name", "pk")


def days_of_review(fiscal_year: FiscalYear) -> tuple[date | None, date | None]:
    """By when plans for a year's request are handed in, and when their review ends, by the calendar of the year before.

    The first and the last of its days of the preliminary review.
    """
    days = CalendarEvent.objects.filter(fiscal_year=fiscal_year.previous, kind=CalendarKind.PRE_REVIEW)
    dates = list(days.order_by("date").values_list("date", flat=True))
    return (dates[0], dates[-1]) if dates else (None, None)
