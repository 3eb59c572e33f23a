"""The filters of the list of hurdles; each is a part of the address that one can mail."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core.filters import KeywordFilter
from apps.core.forms import WarekiDateField
from apps.hurdles.choices import OPEN, Health, HurdleStatus, OwnerAnswer, Scope, Severity
from apps.hurdles.models import Category, Hurdle, LegalLevel, Theme
from apps.hurdles.selectors import AWAITED, UNANSWERED, conditions, stalled, with_endorsements, with_owner_view
from apps.hurdles.selectors.units import owned_in_department
from apps.organization.models import Unit
from apps.organization.selectors import departments_today, sections_today
from apps.organization.selectors.lineage import units_rolled_up_to

OPEN_STATES = "open"
REPORTED_STATES = "reported"
STATES = {
    OPEN_STATES: OPEN,
    REPORTED_STATES: tuple(status for status in HurdleStatus if status != HurdleStatus.DRAFT),
}
CHANGED_BY = [
    (conditions.CITY, _("The city alone")),
    (conditions.COUNCIL, _("The city council")),
    (conditions.PREFECTURE, _("The prefecture")),
    (conditions.NATION, _("The nation")),
]
AGES = [(str(days), _("%(days)d days or more") % {"days": days}) for days in (30, 90, 180, 365)]
YES, NO = "yes", "no"


class DayFilter(django_filters.Filter):
    """A day typed in either calendar."""

    field_class = WarekiDateField


class RolledUpFilter(django_filters.ModelChoiceFilter):
    """A unit of today, with all that it has taken over."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        if not isinstance(value, Unit):
            return super().filter(qs, value)
        return qs.filter(**{f"{self.field_name}__in": units_rolled_up_to(value)})


def _sections(_request: Any) -> QuerySet[Unit]:
    return sections_today()


class HurdleFilter(django_filters.FilterSet):
    """By what one looks for hurdles; `folded` says which conditions are shown only when somebody asks for more."""

    folded = (
        "department", "reporting_unit", "affected_unit", "category", "theme", "scope", "level", "health", "owner_view",
        "endorsed", "bundled", "date", "hours_min", "age_min", "changed_since", "watching",
    )  # fmt: skip

    q = KeywordFilter()
    status = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[
            (OPEN_STATES, _("All open ones")),
            (REPORTED_STATES, _("All but drafts")),
            *HurdleStatus.choices,
        ],
        method="by_status",
    )
    owning_unit = RolledUpFilter(
        label=_("Owning unit"), queryset=_sections, to_field_name="code", null_label=_("Not decided")
    )
    changed_by = django_filters.ChoiceFilter(label=_("Who can change it"), choices=CHANGED_BY, method="by_changed_by")
    severity_min = django_filters.ChoiceFilter(
        label=_("Severity at least"), field_name="severity", lookup_expr="gte", choices=Severity.choices
    )
    department = django_filters.ModelChoiceFilter(
        label=_("Department"),
        queryset=lambda _request: departments_today(),
        null_label=_("Not decided"),
        to_field_name="code",
        method="by_department",
    )
    reporting_unit = RolledUpFilter(label=_("Reporting unit"), queryset=_sections, to_field_name="code")
    affected_unit = django_filters.ModelChoiceFilter(
        label=_("Affected unit"), queryset=_sections, to_field_name="code", method="by_affected_unit"
    )
    category = django_filters.ModelChoiceFilter(
        label=_("Category"), queryset=Category.objects.all(), to_field_name="code", null_label=_("Not decided")
    )
    theme = django_filters.ModelChoiceFilter(
        label=_("Theme"),
        queryset=Theme.objects.all(),
        field_name="themes",
        to_field_name="name",
        null_label=_("Not decided"),
    )
    scope = django_filters.ChoiceFilter(label=_("Scope"), choices=Scope.choices)
    level = django_filters.ModelChoiceFilter(
        label=_("Legal level"),
        queryset=LegalLevel.objects.all(),
        to_field_name="code",
        null_label=_("Not decided"),
        method="by_level",
    )
    health = django_filters.ChoiceFilter(
        label=_("Health"), choices=[("quiet", _("Stalled, or nothing for 60 days")), *Health.choices],
        method="by_health",
    )  # fmt: skip
    owner_view = django_filters.ChoiceFilter(
        label=_("View of the owning unit"),
        choices=[(AWAITED, _("Awaited")), (UNANSWERED, _("No answer")), *OwnerAnswer.choices],
        method="by_owner_view",
    )
    endorsed = django_filters.ChoiceFilter(
        label=_("Ours too"),
        choices=[(YES, _("Said by other sections")), (NO, _("Said by no other section"))],
        method="by_endorsed",
    )
    bundled = django_filters.ChoiceFilter(
        label=_("Common hurdle"), choices=[(YES, _("Bundled")), (NO, _("Not bundled"))], method="by_bundled"
    )
    date = django_filters.ChoiceFilter(
        label=_("Promised date"),
        choices=[("overdue", _("Has passed")), ("slipped", _("Was moved")), ("none", _("Is not set"))],
        method="by_date",
    )
    hours_min = django_filters.NumberFilter(
        label=_("Hours a year at least"), field_name="hours_lost", lookup_expr="gte"
    )
    age_min = django_filters.ChoiceFilter(label=_("Reported before"), choices=AGES, method="by_age")
    changed_since = DayFilter(label=_("Changed since"), method="by_change")
    watching = django_filters.ChoiceFilter(
        label=_("Watching"), choices=[("mine", _("What I watch"))], method="by_watching"
    )

    class Meta:
        model = Hurdle
        fields: tuple[str, ...] = ()

    def by_status(self, queryset: QuerySet[Hurdle], _name: str, value: str) -> QuerySet[Hurdle]:
        return queryset.filter(status__in=STATES.get(value, (value,)))

    def by_changed_by(self, queryset: QuerySet[Hurdle], _name: str, value: str) -> QuerySet[Hurdle]:
        return queryset.filter(conditions.is_changed_by(value))

    def by_department(self, queryset: QuerySet[Hurdle], _name: str, value: Any) -> QuerySet[Hurdle]:
        return owned_in_department(queryset, value if isinstance(value, Unit) else None)

    def by_affected_unit(self, queryset: QuerySet[Hurdle], _name: str, value: Unit) -> QuerySet[Hurdle]:
        return conditions.hurdles_affecting(queryset, value)

    def by_level(self, queryset: QuerySet[Hurdle], _name: str, value: LegalLevel | str) -> QuerySet[Hurdle]:
        return conditions.hurdles_on_level(queryset, value if isinstance(value, LegalLevel) else None)

    def by_health(self, queryset: QuerySet[Hurdle], _name: str, value: str) -> QuerySet[Hurdle]:
        return stalled(queryset) if value == "quiet" else queryset.filter(health=value)

    def by_owner_view(self, queryset: QuerySet[Hurdle], _name: str, value: str) -> QuerySet[Hurdle]:
        return with_owner_view(queryset, value)

    def by_endorsed(self, queryset: QuerySet[Hurdle], _name: str, value: str) -> QuerySet[Hurdle]:
        return with_endorsements(queryset) if value == YES else conditions.endorsed_by_nobody(queryset)

    def by_bundled(self, queryset: QuerySet[Hurdle], _name: str, value: str) -> QuerySet[Hurdle]:
        return conditions.bundled_hurdles(queryset, bundled=value == YES)

    def by_date(self, queryset: QuerySet[Hurdle], _name: str, value: str) -> QuerySet[Hurdle]:
        if value == "slipped":
            return conditions.slipped_hurdles(queryset)
        wanted = conditions.is_overdue() if value == "overdue" else conditions.is_open() & conditions.has_no_date()
        return queryset.filter(wanted)

    def by_age(self, queryset: QuerySet[Hurdle], _name: str, value: str) -> QuerySet[Hurdle]:
        return conditions.hurdles_older_than(queryset, int(value))

    def by_change(self, queryset: QuerySet[Hurdle], _name: str, value: Any) -> QuerySet[Hurdle]:
        return conditions.hurdles_changed_since(queryset, value)

    def by_watching(self, queryset: QuerySet[Hurdle], _name: str, _value: str) -> QuerySet[Hurdle]:
        return conditions.watched_hurdles(queryset, self.request.user)
