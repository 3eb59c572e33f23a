"""Indicators year by year: target and actual, each in the indicator's own unit."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Q, QuerySet

from apps.core.fiscal import FiscalYear
from apps.roadmap.models import Indicator, Initiative, Vision


@dataclass(frozen=True)
class IndicatorLine:
    """An indicator with a target and an actual for each year of its table; None is missing and not zero."""

    indicator: Indicator
    targets: list[Decimal | None]
    actuals: list[Decimal | None]


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
    rows = list(indicators.select_related("initiative").prefetch_related("values"))
    years = sorted({value.fiscal_year for row in rows for value in row.values.all()})
    return IndicatorTable(years, [_line(row, years) for row in rows])


def _line(indicator: Indicator, years: list[FiscalYear]) -> IndicatorLine:
    values = {value.fiscal_year: value for value in indicator.values.all()}
    return IndicatorLine(
        indicator,
        [values[year].target if year in values else None for year in years],
        [values[year].actual if year in values else None for year in years],
    )
