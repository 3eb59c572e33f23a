"""The filters of the list of hurdles; each is a part of the address that one can mail."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core.models import found
from apps.hurdles.choices import OPEN, HurdleStatus, OwnerAnswer, Scope, Severity
from apps.hurdles.models import Category, Hurdle, Theme
from apps.hurdles.selectors import AWAITED, UNANSWERED, with_endorsements, with_owner_view
from apps.organization.selectors import departments_today, sections_today

OPEN_STATES = "open"
REPORTED_STATES = "reported"
STATES = {
    OPEN_STATES: OPEN,
    REPORTED_STATES: tuple(status for status in HurdleStatus if status != HurdleStatus.DRAFT),
}


class HurdleFilter(django_filters.FilterSet):
    """Text, state, owning unit or department, category, scope, severity at least, theme, what sections say."""

    q = django_filters.CharFilter(label=_("Keyword"), method="search")
    status = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[
            (OPEN_STATES, _("All open ones")),
            (REPORTED_STATES, _("All but drafts")),
            *HurdleStatus.choices,
        ],
        method="by_status",
    )
    owning_unit = django_filters.ModelChoiceFilter(
        label=_("Owning unit"), queryset=lambda _request: sections_today(), to_field_name="code"
    )
    department = django_filters.ModelChoiceFilter(
        label=_("Department"),
        queryset=lambda _request: departments_today(),
        field_name="owning_unit__parent",
        null_label=_("Not decided"),
        to_field_name="code",
    )
    reporting_unit = django_filters.ModelChoiceFilter(
        label=_("Reporting unit"), queryset=lambda _request: sections_today(), to_field_name="code"
    )
    category = django_filters.ModelChoiceFilter(
        label=_("Category"),
        queryset=Category.objects.all(),
        to_field_name="code",
        null_label=_("Not decided"),
    )
    scope = django_filters.ChoiceFilter(label=_("Scope"), choices=Scope.choices)
    severity_min = django_filters.ChoiceFilter(
        label=_("Severity at least"), field_name="severity", lookup_expr="gte", choices=Severity.choices
    )
    theme = django_filters.ModelChoiceFilter(
        label=_("Theme"), queryset=Theme.objects.all(), field_name="themes", to_field_name="name"
    )
    owner_view = django_filters.ChoiceFilter(
        label=_("View of the owning unit"),
        choices=[(AWAITED, _("Awaited")), (UNANSWERED, _("No answer")), *OwnerAnswer.choices],
        method="by_owner_view",
    )
    endorsed = django_filters.ChoiceFilter(
        label=_("Ours too"), choices=[("yes", _("Said by other sections"))], method="by_endorsed"
    )

    class Meta:
        model = Hurdle
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[Hurdle], _name: str, value: str) -> QuerySet[Hurdle]:
        return found(queryset, value)

    def by_status(self, queryset: QuerySet[Hurdle], _name: str, value: str) -> QuerySet[Hurdle]:
        return queryset.filter(status__in=STATES.get(value, (value,)))

    def by_owner_view(self, queryset: QuerySet[Hurdle], _name: str, value: str) -> QuerySet[Hurdle]:
        return with_owner_view(queryset, value)

    def by_endorsed(self, queryset: QuerySet[Hurdle], _name: str, _value: str) -> QuerySet[Hurdle]:
        return with_endorsements(queryset)
