"""The fiscal years that a list can be narrowed to."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from apps.budget.selectors import request_year
from apps.core.fiscal import FiscalYear


def year_choices(years: Iterable[FiscalYear]) -> list[tuple[str, str]]:
    """These years, newest first, and the one that budgets are asked for today, even where it has no record yet."""
    return [(str(int(year)), str(year)) for year in sorted({request_year(), *years}, reverse=True)]


def of_year(queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
    """The records of the chosen year."""
    return queryset.filter(fiscal_year=FiscalYear(int(value)))
