"""What of the roadmap concerns a unit: what it leads or supports, and which policies bind it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.roadmap.models import Initiative, InitiativeUnit, PolicyUnit
from apps.roadmap.selectors.policies import BINDING
from apps.roadmap.selectors.records import initiatives_visible_to, policies_visible_to
from apps.roadmap.selectors.timing import CLOSED_INITIATIVE


def concerning(initiatives: QuerySet[Initiative], units: Iterable[int]) -> QuerySet[Initiative]:
    """Those that one of the units leads or supports."""
    units = list(units)
    supporting = InitiativeUnit.objects.filter(initiative=OuterRef("pk"), unit__in=units).order_by()
    return initiatives.filter(Q(lead_unit__in=units) | Exists(supporting))


def initiatives_around(user: Any) -> QuerySet[Initiative]:
    """What the person's units have to do on the roadmap, the earliest first."""
    initiatives = concerning(initiatives_visible_to(user), user.unit_ids).exclude(status__in=CLOSED_INITIATIVE)
    return initiatives.select_related("lead_unit").order_by("starts_on", "number", "pk")


def bonds_of(user: Any) -> QuerySet[PolicyUnit]:
    """The decided policies that bind the person's units, those not adopted first."""
    links = PolicyUnit.objects.filter(
        unit__in=user.unit_ids, policy__in=policies_visible_to(user), policy__status__in=BINDING
    )
    return links.select_related("policy", "unit").order_by("adopted", "policy__number", "unit__order", "pk")
