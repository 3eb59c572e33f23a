"""Filters of the lists of training plans, courses and sessions; each is a part of the address that one can mail."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core.fiscal import FiscalYear
from apps.core.models import found
from apps.organization.selectors import sections_today
from apps.training import selectors
from apps.training.choices import CourseFormat, PlanStatus, SessionState
from apps.training.models import Course, Session, TalentProfile, TrainingPlan

YES = ("yes", _("Yes"))
NO = ("no", _("No"))


def _course_years() -> list[tuple[str, str]]:
    return [(str(int(year)), str(year)) for year in selectors.course_years()]


def _session_years() -> list[tuple[str, str]]:
    return [(str(int(year)), str(year)) for year in selectors.session_years()]


class PlanFilter(django_filters.FilterSet):
    """Text, state, profile, lead unit."""

    q = django_filters.CharFilter(label=_("Keyword"), method="search")
    status = django_filters.ChoiceFilter(label=_("State"), choices=PlanStatus.choices)
    profile = django_filters.ModelChoiceFilter(
        label=_("Talent profile"),
        field_name="profiles",
        queryset=TalentProfile.objects.all(),
        to_field_name="code",
    )
    lead_unit = django_filters.ModelChoiceFilter(
        label=_("Lead unit"), queryset=lambda _request: sections_today(), to_field_name="code"
    )

    class Meta:
        model = TrainingPlan
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[TrainingPlan], _name: str, value: str) -> QuerySet[TrainingPlan]:
        return found(queryset, value)


class CourseFilter(django_filters.FilterSet):
    """Text, year, format, profile, inside or outside of a plan, lead unit."""

    q = django_filters.CharFilter(label=_("Keyword"), method="search")
    year = django_filters.ChoiceFilter(label=_("Fiscal year"), choices=_course_years, method="by_year")
    # “format” is already the address's word for the kind of file.
    kind = django_filters.ChoiceFilter(label=_("Format"), field_name="format", choices=CourseFormat.choices)
    profile = django_filters.ModelChoiceFilter(
        label=_("Talent profile"), queryset=TalentProfile.objects.all(), to_field_name="code"
    )
    adhoc = django_filters.ChoiceFilter(label=_("Outside of a plan"), choices=[YES, NO], method="by_plan")
    lead_unit = django_filters.ModelChoiceFilter(
        label=_("Lead unit"), queryset=lambda _request: sections_today(), to_field_name="code"
    )

    class Meta:
        model = Course
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[Course], _name: str, value: str) -> QuerySet[Course]:
        return found(queryset, value)

    def by_year(self, queryset: QuerySet[Course], _name: str, value: str) -> QuerySet[Course]:
        return queryset.filter(fiscal_year=FiscalYear(int(value)))

    def by_plan(self, queryset: QuerySet[Course], _name: str, value: str) -> QuerySet[Course]:
        return queryset.filter(plan__isnull=value == "yes")


class SessionFilter(django_filters.FilterSet):
    """Text of the course, course, state, year, and those still to come."""

    q = django_filters.CharFilter(label=_("Keyword of the course"), method="search")
    year = django_filters.ChoiceFilter(label=_("Fiscal year"), choices=_session_years, method="by_year")
    course = django_filters.ModelChoiceFilter(
        label=_("Course"), queryset=Course.objects.filter(archived_at__isnull=True), to_field_name="uid"
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=SessionState.choices)
    coming = django_filters.ChoiceFilter(label=_("Still to come"), choices=[YES], method="by_day")

    class Meta:
        model = Session
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[Session], _name: str, value: str) -> QuerySet[Session]:
        return queryset.filter(course__in=found(Course.objects.all(), value))

    def by_year(self, queryset: QuerySet[Session], _name: str, value: str) -> QuerySet[Session]:
        return selectors.in_year(queryset, FiscalYear(int(value)))

    def by_day(self, queryset: QuerySet[Session], _name: str, _value: str) -> QuerySet[Session]:
        return selectors.coming(queryset)
