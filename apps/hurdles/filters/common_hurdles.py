"""The filters of the list of common hurdles."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core.filters import KeywordFilter
from apps.hurdles.models import CommonHurdle, Theme
from apps.hurdles.selectors import with_theme
from apps.organization.filters.sections import SectionFilter


class CommonHurdleFilter(django_filters.FilterSet):
    """Text, lead unit, and a theme of what is bundled."""

    q = KeywordFilter()
    lead_unit = SectionFilter(label=_("Lead unit"))

    # The matrix below the list shows the same theme.
    theme = django_filters.ModelChoiceFilter(
        label=_("Theme"), queryset=Theme.objects.all(), to_field_name="name", method="by_theme"
    )

    class Meta:
        model = CommonHurdle
        fields: tuple[str, ...] = ()

    def by_theme(self, queryset: QuerySet[CommonHurdle], _name: str, value: Theme) -> QuerySet[CommonHurdle]:
        return with_theme(queryset, value, self.request.user)
