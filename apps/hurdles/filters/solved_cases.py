"""The filters of the list of solved cases."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core.filters import KeywordFilter
from apps.hurdles.models import Category, Hurdle, SolvedCase, Theme
from apps.hurdles.selectors import adopted_elsewhere
from apps.organization.filters.sections import SectionFilter


class SolvedCaseFilter(django_filters.FilterSet):
    """Text, the section that solved it, category and theme of the hurdle, and whether others do it, too."""

    q = KeywordFilter()
    unit = SectionFilter(label=_("Section"))

    category = django_filters.ModelChoiceFilter(
        label=_("Category"), queryset=Category.objects.all(), field_name="hurdle__category", to_field_name="code"
    )
    theme = django_filters.ModelChoiceFilter(
        label=_("Theme"), queryset=Theme.objects.all(), method="by_theme", to_field_name="name"
    )
    adopted = django_filters.ChoiceFilter(
        label=_("We do it too"), choices=[("yes", _("Done by other sections, too"))], method="by_adopted"
    )

    class Meta:
        model = SolvedCase
        fields: tuple[str, ...] = ()

    def by_theme(self, queryset: QuerySet[SolvedCase], _name: str, value: Theme) -> QuerySet[SolvedCase]:
        return queryset.filter(hurdle__in=Hurdle.objects.filter(themes=value))

    def by_adopted(self, queryset: QuerySet[SolvedCase], _name: str, _value: str) -> QuerySet[SolvedCase]:
        return adopted_elsewhere(queryset)
