"""The filters of the workload survey and of the comparison of two years; units count what they took over."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core.fiscal import FiscalYear
from apps.organization.filters.sections import SectionFilter
from apps.organization.models import Unit, WorkloadEntry
from apps.organization.selectors import departments_today
from apps.organization.selectors.lineage import units_of_department, units_rolled_up_to
from apps.organization.selectors.workload import tasks_found, workload_years

YES_OR_NO = [("yes", _("Yes")), ("no", _("No"))]


def year_choices() -> list[tuple[str, str]]:
    return [(str(int(year)), year.label) for year in workload_years()]


class _TaskFilter(django_filters.FilterSet):
    """What both lists are narrowed by."""

    q = django_filters.CharFilter(label=_("Keyword"), method="search")
    unit = SectionFilter(label=_("Unit"), method="by_unit")
    department = django_filters.ModelChoiceFilter(
        label=_("Department"),
        queryset=lambda _request: departments_today(),
        to_field_name="code",
        method="by_department",
    )
    routine = django_filters.ChoiceFilter(label=_("Routine work"), choices=YES_OR_NO, method="by_mark")
    core = django_filters.ChoiceFilter(
        label=_("Work that staff must do themselves"), choices=YES_OR_NO, method="by_mark"
    )

    class Meta:
        model = WorkloadEntry
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[WorkloadEntry], _name: str, value: str) -> QuerySet[WorkloadEntry]:
        return tasks_found(queryset, value)

    def by_unit(self, queryset: QuerySet[WorkloadEntry], _name: str, unit: Unit) -> QuerySet[WorkloadEntry]:
        return queryset.filter(unit__in=units_rolled_up_to(unit))

    def by_department(self, queryset: QuerySet[WorkloadEntry], _name: str, unit: Unit) -> QuerySet[WorkloadEntry]:
        return queryset.filter(unit__in=units_of_department(unit))

    def by_mark(self, queryset: QuerySet[WorkloadEntry], name: str, value: str) -> QuerySet[WorkloadEntry]:
        return queryset.filter(**{name: value == "yes"})


class WorkloadFilter(_TaskFilter):
    """Text, year, unit, department, routine, core."""

    year = django_filters.ChoiceFilter(label=_("Fiscal year"), choices=year_choices, method="by_year")

    def by_year(self, queryset: QuerySet[WorkloadEntry], _name: str, value: str) -> QuerySet[WorkloadEntry]:
        return queryset.filter(fiscal_year=FiscalYear(int(value)))


class ComparisonFilter(_TaskFilter):
    """The two years, and what both lists are narrowed by. `from` is a word of the language, so it is added by name."""

    @classmethod
    def get_filters(cls) -> Any:
        years = {
            name: django_filters.ChoiceFilter(label=label, choices=year_choices, method="of_both")
            for name, label in (("from", _("Year before")), ("to", _("Year after")))
        }
        return {**super().get_filters(), **years}

    def of_both(self, queryset: QuerySet[WorkloadEntry], _name: str, _value: str) -> QuerySet[WorkloadEntry]:
        """The page has taken both years already."""
        return queryset
