"""The fiscal years that a list can be narrowed to."""

from collections.abc import Callable, Iterable
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.budget.selectors import request_year
from apps.core.fiscal import FiscalYear


def year_choices(years: Iterable[FiscalYear]) -> list[tuple[str, str]]:
    """These years, newest first, and the one that budgets are asked for today, even where it has no record yet."""
    return [(str(int(year)), str(year)) for year in sorted({request_year(), *years}, reverse=True)]


class YearFilter(django_filters.ChoiceFilter):
    """The records of one fiscal year, of those that `years` gives."""

    def __init__(self, years: Callable[[], Iterable[FiscalYear]], **more: Any) -> None:
        super().__init__(label=_("Fiscal year"), choices=lambda: year_choices(years()), **more)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs.filter(fiscal_year=FiscalYear(int(value))) if value else qs
