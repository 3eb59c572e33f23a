"""Indicators year by year: target and actual, each in the indicator's own unit; and what was not measured."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Case, Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.organization.choices import RoleKind
from apps.organization.permissions import is_staff_member
from apps.roadmap.choices import InitiativeStatus
from apps.roadmap.models import Indicator, IndicatorValue, Initiative, Vision
from apps.roadmap.selectors.charts import Chart, chart_of
from apps.roadmap.selectors.posts import answered_by
from apps.roadmap.selectors.records import initiatives_visible_to, visions_visible_to


@dataclass(frozen=True)
class YearCell:
    """What an indicator says of one year; None is missing and not zero."""

    year: FiscalYear
    target: Decimal | None = None
    actual: Decimal | None = None
    note: str = ""
    measured_on: Any = None
    met: bool | None = None

    @property
    def has_begun(self) -> bool:
        """Before, nothing can have been measured."""
        return self.year <= FiscalYear.of(clock.today())

    @property
    def is_missing(self) -> bool:
        """There is a target, the year has begun, and nothing was measured."""
        return self.actual is None and self.target is not None and self.has_begun


@dataclass(frozen=True)
class IndicatorLine:
    """An indicator with a target and an actual for each year of its table."""

    indicator: Indicator
    cells: list[YearCell]

    @property
    def targets(self) -> list[Decimal | None]:
        return [cell.target for cell in self.cells]

    @property
    def actuals(self) -> list[Decimal | None]:
        return [cell.actual for cell in self.cells]

    @property
    def noted(self) -> list[YearCell]:
        """The years of which more is known than the number."""
        return [cell for cell in self.cells if cell.note or cell.measured_on]

    @cached_property
    def chart(self) -> Chart | None:
        return chart_of(self.indicator, self.cells)


@dataclass(frozen=True)
class IndicatorTable:
    """Several indicators over the same years."""

    years: list[FiscalYear]
    lines: list[IndicatorLine]


def indicators_of_initiative(initiative: Initiative) -> IndicatorTable:
    """The indicators of one initiative."""
    return _table(Indicator.objects.filter(initiative=initiative).order_by("order", "pk"))


def indicators_of_vision(vision: Vision, initiatives: QuerySet[Initiative]) -> IndicatorTable:
    """The vision's own indicators first, then those of its `initiatives`."""
    found = Indicator.objects.filter(Q(vision=vision) | Q(initiative__in=initiatives.order_by().values("pk")))
    return _table(found.order_by(F("vision").asc(nulls_last=True), "initiative__number", "order", "pk"))


def _table(indicators: QuerySet[Indicator]) -> IndicatorTable:
    rows = list(indicators.select_related("initiative", "vision").prefetch_related("values"))
    years = sorted({value.fiscal_year for row in rows for value in row.values.all()})
    return IndicatorTable(years, [IndicatorLine(row, _cells(row, years)) for row in rows])


def _cells(indicator: Indicator, years: Iterable[FiscalYear]) -> list[YearCell]:
    values = {value.fiscal_year: value for value in indicator.values.all()}
    return [_cell(indicator, values[year]) if year in values else YearCell(year) for year in years]


def _cell(indicator: Indicator, value: IndicatorValue) -> YearCell:
    met = reached(indicator.baseline, value.target, value.actual)
    return YearCell(value.fiscal_year, value.target, value.actual, value.note, value.measured_on, met)


def reached(baseline: Decimal | None, target: Decimal | None, actual: Decimal | None) -> bool | None:
    """Whether the actual has reached the target: from below, or from above where the target lies below the baseline.

    None where nothing was measured or nothing was wanted. `_REACHED` says the same to the database.
    """
    if target is None or actual is None:
        return None
    return actual <= target if baseline is not None and target < baseline else actual >= target


_DOWNWARDS = Q(target__lt=F("indicator__baseline"))
_UPWARDS = Q(indicator__baseline__isnull=True) | Q(target__gte=F("indicator__baseline"))
_REACHED = (_DOWNWARDS & Q(actual__lte=F("target"))) | (_UPWARDS & Q(actual__gte=F("target")))


def last_year() -> FiscalYear:
    """The last fiscal year that has ended."""
    return FiscalYear.of(clock.today()).previous


def indicator_list(user: Any) -> QuerySet[Any]:
    """The indicators of visible visions and initiatives with what the last ended year wanted and brought.

    `missing` counts the ended years that have a target and no actual. Of a cancelled initiative nothing is missing.
    """
    last = IndicatorValue.objects.filter(indicator=OuterRef("pk"), fiscal_year=last_year())
    return (
        Indicator.objects.filter(
            Q(vision__in=visions_visible_to(user)) | Q(initiative__in=initiatives_visible_to(user))
        )
        .annotate(
            last_target=Subquery(last.values("target")[:1]),
            last_actual=Subquery(last.values("actual")[:1]),
            last_met=Subquery(last.annotate(met=_MET).values("met")[:1]),
            missing=_count(unmeasured_values().filter(indicator=OuterRef("pk"))),
        )
        .select_related("initiative__lead_unit", "vision")
    )


_MET = Case(
    When(Q(target__isnull=True) | Q(actual__isnull=True), then=Value(None)),
    When(_REACHED, then=Value(value=True)),
    default=Value(value=False),
)


def unmeasured_values() -> QuerySet[IndicatorValue]:
    """Targets of years that have ended without an actual; those of cancelled and archived records left out."""
    stands = Q(indicator__vision__archived_at__isnull=True, indicator__initiative__archived_at__isnull=True)
    missing = IndicatorValue.objects.filter(
        stands, fiscal_year__lte=last_year(), target__isnull=False, actual__isnull=True
    )
    return missing.exclude(indicator__initiative__status=InitiativeStatus.CANCELLED)


def actuals_to_record(user: Any) -> QuerySet[IndicatorValue]:
    """The unmeasured values that wait for this person: of an open initiative for who answers for it today, of visions
    and of what is achieved for the secretariat."""
    mine = Q(indicator__initiative__in=answered_by(user).order_by().values("pk"))
    if user.holds(RoleKind.SECRETARIAT):
        mine |= Q(indicator__vision__isnull=False) | Q(indicator__initiative__status=InitiativeStatus.ACHIEVED)
    rows = unmeasured_values().filter(mine) if is_staff_member(user) else IndicatorValue.objects.none()
    return rows.select_related("indicator__vision", "indicator__initiative").order_by("fiscal_year", "indicator", "pk")


def with_achievement(visions: QuerySet[Any]) -> QuerySet[Any]:
    """Adds to visions how many targets the last ended year had, how many were met, and how many were not measured.

    Counted are the vision's own indicators and those of the initiatives that lead to it, as on its page.
    """
    values = IndicatorValue.objects.filter(fiscal_year=last_year(), target__isnull=False)
    values = values.exclude(indicator__initiative__status=InitiativeStatus.CANCELLED).filter(_of_vision(OuterRef("pk")))
    return visions.annotate(
        target_count=_count(values),
        met_count=_count(values.filter(_REACHED)),
        unmeasured_count=_count(values.filter(actual__isnull=True)),
    )


def by_achievement(visions: QuerySet[Any], word: str) -> QuerySet[Any]:
    """Those of `with_achievement` that met every target, missed one, or left one unmeasured."""
    if word == "met":
        return visions.filter(target_count__gt=0, met_count=F("target_count"))
    if word == "missed":
        return visions.filter(target_count__gt=F("met_count") + F("unmeasured_count"))
    return visions.filter(unmeasured_count__gt=0)


def _of_vision(vision: Any) -> Q:
    """Values of its own indicators, and of the initiatives under it or under a vision that serves it."""
    under = Q(indicator__initiative__vision=vision) | Q(
        indicator__initiative__vision__serves=vision, indicator__initiative__vision__archived_at__isnull=True
    )
    return Q(indicator__vision=vision) | (under & Q(indicator__initiative__archived_at__isnull=True))


def _count(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().annotate(group=Value(1)).values("group").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)


def with_years(indicators: QuerySet[Indicator]) -> QuerySet[Indicator]:
    """For a form over one of them."""
    return indicators.prefetch_related(Prefetch("values", queryset=IndicatorValue.objects.order_by("fiscal_year")))
