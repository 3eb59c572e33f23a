"""Reads of grant programmes as they stand today, and of the generations that they belong to.

The state that is shown follows from the window, the days and the checklist as of today; the stored one holds where
these say nothing else:

- closed: the call was closed, or its last day (and hour) has passed;
- requirements not met: a point of the checklist is known not to be met, by a number of the city or by a person;
- open: the days are announced, and today lies within them. An assumed window opens no call;
- before the calculation: stays until it is closed, for what is calculated has no call (特別交付税);
- else before the call. A stored "requirements not met" falls back to this, too, once the number of the city reaches
  what is asked, or a person has found all points to be met.
"""

from datetime import date, time, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from apps.budget.choices import GrantStatus, WindowKind
from apps.budget.models import GrantGeneration, GrantProgramme, GrantRequirement, Proposal
from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.permissions import permitted

# An assumption that was checked holds for so many days.
CHECKED_FOR = 30
COMPUTED = Q(least__isnull=False)
UNMET = Q(least__isnull=True, is_met=False) | (COMPUTED & Q(city_value__lt=F("least")))
OPEN_POINT = Q(least__isnull=True, is_met__isnull=True) | (COMPUTED & Q(city_value__isnull=True))


def grants(today: date | None = None) -> QuerySet[Any]:
    """All grant programmes that are not laid aside, each with `shown_status`."""
    return as_of(GrantProgramme.objects.filter(archived_at__isnull=True), today or clock.today(), clock.now().time())


def as_of(programmes: QuerySet[GrantProgramme], today: date, hour: time) -> QuerySet[Any]:
    """Adds `shown_status`, the state as of a moment."""
    points = GrantRequirement.objects.filter(grant=OuterRef("pk"))
    over = Q(closes_on__lt=today) | Q(closes_on=today, closes_at__lt=hour)
    closed = Q(window=WindowKind.CLOSED) | Q(status=GrantStatus.CLOSED) | over
    under_way = Q(window=WindowKind.ANNOUNCED) & (
        Q(opens_on__lte=today) | Q(opens_on__isnull=True, closes_on__gte=today)
    )
    nobody_knows = Q(has_points=False) | Q(has_open_point=True, has_met_number=False)
    unchecked = Q(status=GrantStatus.REQUIREMENTS_UNMET) & nobody_knows
    return programmes.annotate(
        is_unmet=Exists(points.filter(UNMET)),
        has_points=Exists(points),
        has_open_point=Exists(points.filter(OPEN_POINT)),
        has_met_number=Exists(points.filter(COMPUTED, city_value__gte=F("least"))),
    ).annotate(
        shown_status=Case(
            When(closed, then=Value(GrantStatus.CLOSED.value)),
            When(Q(is_unmet=True) | unchecked, then=Value(GrantStatus.REQUIREMENTS_UNMET.value)),
            When(status=GrantStatus.BEFORE_CALCULATION, then=Value(GrantStatus.BEFORE_CALCULATION.value)),
            When(under_way, then=Value(GrantStatus.OPEN.value)),
            When(status=GrantStatus.OPEN, opens_on__isnull=True, then=Value(GrantStatus.OPEN.value)),
            default=Value(GrantStatus.BEFORE_CALL.value),
            output_field=CharField(),
        )
    )


def grants_visible_to(user: Any) -> QuerySet[GrantProgramme]:
    """All staff see the calls."""
    programmes = GrantProgramme.objects.filter(archived_at__isnull=True)
    return programmes if permitted(user, "budget.view_grants") else programmes.none()


def grant_list() -> QuerySet[Any]:
    """All grant programmes with what a row shows; `by_close` puts the next to close first and what is over last."""
    today = clock.today()
    riding = Proposal.objects.filter(Q(grant=OuterRef("pk")) | Q(fundings__grant=OuterRef("pk")))
    counted = riding.filter(archived_at__isnull=True).order_by().values(one=Value(1))
    rank = Case(
        When(Q(shown_status=GrantStatus.CLOSED), then=Value(2)),
        When(closes_on__isnull=True, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    return (
        grants(today)
        .select_related("city_unit")
        .annotate(
            riding=Coalesce(Subquery(counted.annotate(count=Count("pk", distinct=True)).values("count")), 0),
            by_close=rank,
        )
    )


def grant_detail() -> QuerySet[Any]:
    """Grant programmes with all that their page shows."""
    return grant_list().select_related("follows").prefetch_related("checklist", "followed_by")


def unchecked_calls(user: Any) -> QuerySet[Any]:
    """Assumed calls of the person's own sections that nobody has checked for a month, and that are not over."""
    before = clock.today() - timedelta(days=CHECKED_FOR)
    assumed = grants().filter(window=WindowKind.ASSUMED, city_unit__in=user.unit_ids)
    old = assumed.filter(Q(checked_on__isnull=True) | Q(checked_on__lt=before))
    return old.exclude(shown_status=GrantStatus.CLOSED).order_by("closes_on", "pk")


def grant_years() -> list[FiscalYear]:
    """The fiscal years in which calls close, newest first."""
    days = GrantProgramme.objects.filter(archived_at__isnull=True, closes_on__isnull=False)
    found = {FiscalYear.of(day) for day in days.values_list("closes_on", flat=True) if day}
    return sorted(found, reverse=True)


def grant_generations() -> QuerySet[GrantGeneration]:
    """How the nation's grants followed one another, with the types of each."""
    return GrantGeneration.objects.prefetch_related("types")
