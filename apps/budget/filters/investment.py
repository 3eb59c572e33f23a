"""The filters of the year's proposals as investments."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.budget.choices import ProposalKind
from apps.budget.filters.years import YearFilter
from apps.budget.models import Proposal
from apps.budget.selectors import request_year, request_years
from apps.core.filters import KeywordFilter
from apps.organization.filters.sections import SectionFilter

HANGS = [("yes", _("Hangs on a grant")), ("no", _("Hangs on none"))]


class InvestmentFilter(django_filters.FilterSet):
    """One year at a time, because its sums are those of the year: next year's where none is named."""

    q = KeywordFilter()
    year = YearFilter(request_years, empty_label=None)
    unit = SectionFilter(label=_("Requesting unit"), field_name="requesting_unit")
    kind = django_filters.ChoiceFilter(label=_("Kind of request"), choices=ProposalKind.choices)
    hangs = django_filters.ChoiceFilter(label=_("Grants not yet granted"), choices=HANGS, method="by_grants")

    class Meta:
        model = Proposal
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        asked = data.copy() if data is not None else None
        if asked is not None and not asked.get("year"):
            asked["year"] = str(int(request_year()))
        super().__init__(asked, *args, **kwargs)

    def by_grants(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(undecided_k__gt=0) if value == "yes" else queryset.filter(undecided_k=0)
