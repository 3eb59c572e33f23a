"""How much of the training stands in a plan, and how much outside of one 計画外: by courses, sessions and people."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import QuerySet

from apps.core.fiscal import FiscalYear
from apps.training.models import Course, Session
from apps.training.selectors.records import completed_of, courses_of_year, held_in


@dataclass(frozen=True)
class Share:
    """Something counted inside and outside of plans."""

    planned: int
    ad_hoc: int

    @property
    def whole(self) -> int:
        return self.planned + self.ad_hoc

    @property
    def percent(self) -> Decimal | None:
        """What lies outside of a plan, in %, with one decimal; None where there is nothing to part."""
        return percent_of(self.ad_hoc, self.whole)


def percent_of(part: int, whole: int) -> Decimal | None:
    """22.2, halves up; None of nothing."""
    if not whole:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def ad_hoc_courses(year: FiscalYear, user: Any) -> QuerySet[Course]:
    """The courses of the year that stand in no plan, with who leads them."""
    courses = courses_of_year(year, user).filter(plan__isnull=True)
    return courses.select_related("lead_unit", "profile").order_by("pk")


def ad_hoc_held(year: FiscalYear, user: Any) -> QuerySet[Session]:
    """The sessions held in the year whose course stands in no plan."""
    return held_in(year, user).filter(course__plan__isnull=True)


def share_of_courses(year: FiscalYear, user: Any) -> Share:
    """The courses of the fiscal year."""
    return _share(courses_of_year(year, user).count(), ad_hoc_courses(year, user).count())


def share_of_sessions(year: FiscalYear, user: Any) -> Share:
    """The sessions held in the fiscal year."""
    return _share(held_in(year, user).count(), ad_hoc_held(year, user).count())


def share_of_people(year: FiscalYear, user: Any) -> Share:
    """Who completed these sessions; who completed two is counted twice, sessions under five people are not."""
    return _share(completed_of(held_in(year, user)), completed_of(ad_hoc_held(year, user)))


def _share(whole: int, ad_hoc: int) -> Share:
    return Share(whole - ad_hoc, ad_hoc)
