"""Filters of the list of courses."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core.filters import KeywordFilter
from apps.core.fiscal import FiscalYear
from apps.organization.filters.sections import SectionFilter
from apps.training import selectors
from apps.training.choices import CourseFormat
from apps.training.filters.choosing import NO, YES
from apps.training.models import Course, TalentProfile
from apps.training.selectors.continuity import GOES_ON


def _course_years() -> list[tuple[str, str]]:
    return [(str(int(year)), str(year)) for year in selectors.course_years()]


class CourseFilter(django_filters.FilterSet):
    """Text, year, format, profile, inside or outside of a plan, whether anything follows, lead unit."""

    q = KeywordFilter()
    year = django_filters.ChoiceFilter(label=_("Fiscal year"), choices=_course_years, method="by_year")
    # “format” is already the address's word for the kind of file.
    kind = django_filters.ChoiceFilter(label=_("Format"), field_name="format", choices=CourseFormat.choices)
    profile = django_filters.ModelChoiceFilter(
        label=_("Talent profile"), queryset=TalentProfile.objects.all(), to_field_name="code"
    )
    adhoc = django_filters.ChoiceFilter(label=_("Outside of a plan"), choices=[YES, NO], method="by_plan")
    goes_on = django_filters.ChoiceFilter(label=_("Something comes after it"), choices=[YES, NO], method="by_next")
    lead_unit = SectionFilter(label=_("Lead unit"))

    class Meta:
        model = Course
        fields: tuple[str, ...] = ()

    def by_year(self, queryset: QuerySet[Course], _name: str, value: str) -> QuerySet[Course]:
        return queryset.filter(fiscal_year=FiscalYear(int(value)))

    def by_plan(self, queryset: QuerySet[Course], _name: str, value: str) -> QuerySet[Course]:
        return queryset.filter(plan__isnull=value == "yes")

    def by_next(self, queryset: QuerySet[Course], _name: str, value: str) -> QuerySet[Course]:
        return queryset.filter(GOES_ON) if value == "yes" else queryset.exclude(GOES_ON)
