"""Where the roadmap has gaps: items of the plan and visions that nothing leads to, initiatives and policies in the air.

What is cancelled or withdrawn fills no gap and is none itself.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from apps.hurdles.selectors import common_hurdles
from apps.hurdles.selectors import visible_to as visible_hurdles
from apps.roadmap.choices import InitiativeStatus, PolicyStatus
from apps.roadmap.models import (
    ComprehensivePlanItem,
    Indicator,
    Initiative,
    Policy,
    PolicyCommonHurdle,
    PolicyHurdle,
    Vision,
)
from apps.roadmap.selectors.records import initiatives_visible_to, visions_visible_to


def _standing() -> QuerySet[Initiative]:
    return Initiative.objects.filter(archived_at__isnull=True).exclude(status=InitiativeStatus.CANCELLED)


def plan_item_list(user: Any) -> QuerySet[Any]:
    """The items of the plans with the visible visions and initiatives under each.

    `has_vision` and `has_initiative` say whether there is any; an initiative counts where it names the item or leads
    to a vision that does. Nothing is there for who holds no role.
    """
    items = ComprehensivePlanItem.objects.all() if user.role_kinds else ComprehensivePlanItem.objects.none()
    under = Q(plan_item=OuterRef("pk")) | Q(vision__plan_item=OuterRef("pk"), vision__archived_at__isnull=True)
    initiatives = initiatives_visible_to(user).select_related("lead_unit").order_by("number", "pk")
    visions = visions_visible_to(user).order_by("horizon", "number", "pk")
    return (
        items.annotate(
            has_vision=Exists(Vision.objects.filter(plan_item=OuterRef("pk"), archived_at__isnull=True)),
            has_initiative=Exists(_standing().filter(under)),
        )
        .select_related("plan")
        .prefetch_related(
            Prefetch("visions", queryset=visions),
            Prefetch("initiatives", queryset=initiatives),
            Prefetch("visions__initiatives", queryset=initiatives),
        )
    )


def initiatives_of_item(item: Any) -> list[Initiative]:
    """All under an item of `plan_item_list`, directly or by way of its visions, each once."""
    found = [*item.initiatives.all(), *(each for vision in item.visions.all() for each in vision.initiatives.all())]
    return sorted({each.pk: each for each in found}.values(), key=lambda each: (each.number or "", each.pk))


def without_initiatives(visions: QuerySet[Any]) -> QuerySet[Any]:
    """Visions that no initiative leads to, not even by way of one that serves them."""
    serving = Q(vision__serves=OuterRef("pk"), vision__archived_at__isnull=True)
    return visions.exclude(Exists(_standing().filter(Q(vision=OuterRef("pk")) | serving)))


def without_indicator(initiatives: QuerySet[Any]) -> QuerySet[Any]:
    """Initiatives that nothing measures."""
    measured = Indicator.objects.filter(initiative=OuterRef("pk"))
    return initiatives.exclude(status=InitiativeStatus.CANCELLED).exclude(Exists(measured))


def without_policy(initiatives: QuerySet[Any]) -> QuerySet[Any]:
    """Initiatives under no policy."""
    return initiatives.exclude(status=InitiativeStatus.CANCELLED).filter(policy__isnull=True)


def without_hurdles(policies: QuerySet[Policy], user: Any) -> QuerySet[Policy]:
    """Policies that resolve no hurdle and no common hurdle that the person sees."""
    single = PolicyHurdle.objects.filter(policy=OuterRef("pk"), hurdle__in=visible_hurdles(user).values("pk"))
    common = PolicyCommonHurdle.objects.filter(
        policy=OuterRef("pk"), common_hurdle__in=common_hurdles(user).values("pk")
    )
    return policies.exclude(status=PolicyStatus.WITHDRAWN).exclude(Exists(single)).exclude(Exists(common))
