"""The filters of the list of introduction plans."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.budget.choices import PlanKind, PlanStatus, PreReviewResult
from apps.budget.filters.years import YearFilter
from apps.budget.models import IntroductionPlan
from apps.budget.selectors import plan_years, request_year
from apps.core.filters import KeywordFilter
from apps.core.fiscal import FiscalYear
from apps.organization.filters.sections import SectionFilter

REVIEWED, WAITING = "reviewed", "waiting"


class PlanFilter(django_filters.FilterSet):
    """Text, year, section, kind, result of the review, priority cases."""

    q = KeywordFilter()
    year = YearFilter(plan_years)
    unit = SectionFilter(label=_("Section"))
    status = django_filters.ChoiceFilter(label=_("State"), choices=PlanStatus.choices)
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=PlanKind.choices)
    result = django_filters.ChoiceFilter(
        label=_("Preliminary review"),
        choices=[(REVIEWED, _("All that were reviewed")), (WAITING, _("Not yet reviewed")), *PreReviewResult.choices],
        method="by_result",
    )
    priority = django_filters.ChoiceFilter(
        label=_("Priority case"), choices=[("yes", _("Priority cases only"))], method="by_priority"
    )

    ends = django_filters.ChoiceFilter(
        label=_("Present contract ends in"),
        choices=lambda: [(str(int(year)), str(year)) for year in years_of_ending()],
        method="by_end",
    )

    folded = ("kind", "ends")

    class Meta:
        model = IntroductionPlan
        fields: tuple[str, ...] = ()

    def by_result(self, queryset: QuerySet[IntroductionPlan], _name: str, value: str) -> QuerySet[IntroductionPlan]:
        if value == REVIEWED:
            return queryset.exclude(result="")
        return queryset.filter(result="" if value == WAITING else value)

    def by_priority(self, queryset: QuerySet[IntroductionPlan], _name: str, _value: str) -> QuerySet[IntroductionPlan]:
        return queryset.filter(priority_case=True)

    def by_end(self, queryset: QuerySet[IntroductionPlan], _name: str, value: str) -> QuerySet[IntroductionPlan]:
        """Whose present contract ends in the year, whoever asks for the renewal."""
        year = FiscalYear(int(value))
        return queryset.filter(current_until__range=(year.start, year.end))


def years_of_ending() -> list[FiscalYear]:
    """From this year on: contracts of systems seldom run longer than five years."""
    first = int(request_year()) - 1
    return [FiscalYear(year) for year in range(first, first + 7)]
