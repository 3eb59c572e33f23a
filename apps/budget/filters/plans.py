"""The filters of the list of introduction plans."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.budget.choices import PlanKind, PreReviewResult
from apps.budget.filters.years import of_year, year_choices
from apps.budget.models import IntroductionPlan
from apps.budget.selectors import plan_years
from apps.core.models import found
from apps.organization.selectors import sections_today

REVIEWED, WAITING = "reviewed", "waiting"


class PlanFilter(django_filters.FilterSet):
    """Text, year, section, kind, result of the review, priority cases."""

    q = django_filters.CharFilter(label=_("Keyword"), method="search")
    year = django_filters.ChoiceFilter(
        label=_("Fiscal year"), choices=lambda: year_choices(plan_years()), method=of_year
    )
    unit = django_filters.ModelChoiceFilter(
        label=_("Section"), queryset=lambda _request: sections_today(), to_field_name="code"
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=PlanKind.choices)
    result = django_filters.ChoiceFilter(
        label=_("Preliminary review"),
        choices=[(REVIEWED, _("All that were reviewed")), (WAITING, _("Not yet reviewed")), *PreReviewResult.choices],
        method="by_result",
    )
    priority = django_filters.ChoiceFilter(
        label=_("Priority case"), choices=[("yes", _("Priority cases only"))], method="by_priority"
    )

    class Meta:
        model = IntroductionPlan
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[IntroductionPlan], _name: str, value: str) -> QuerySet[IntroductionPlan]:
        return found(queryset, value)

    def by_result(self, queryset: QuerySet[IntroductionPlan], _name: str, value: str) -> QuerySet[IntroductionPlan]:
        if value == REVIEWED:
            return queryset.exclude(result="")
        return queryset.filter(result="" if value == WAITING else value)

    def by_priority(self, queryset: QuerySet[IntroductionPlan], _name: str, _value: str) -> QuerySet[IntroductionPlan]:
        return queryset.filter(priority_case=True)
