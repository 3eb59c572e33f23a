"""Visions, policies and initiatives; every list starts at what the person may see."""

from typing import Any

from django.db.models import Count, Exists, Model, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from apps.core import clock
from apps.hurdles.choices import OPEN
from apps.hurdles.models import Hurdle
from apps.hurdles.selectors import visible_to as visible_hurdles
from apps.organization.choices import RoleKind
from apps.organization.permissions import HEADQUARTERS
from apps.roadmap.choices import DECIDED_POLICY, PolicyStatus
from apps.roadmap.models import (
    ComprehensivePlanItem,
    Initiative,
    InitiativeUnit,
    Policy,
    PolicyUnit,
    Vision,
    VisionHurdle,
)
from apps.roadmap.selectors.timing import CLOSED_INITIATIVE, conflicts

# These see a policy while it is still being written.
WIDE_ROLES = (RoleKind.MEMBER, RoleKind.SECRETARIAT, RoleKind.AUDITOR, *HEADQUARTERS)


def visions_visible_to(user: Any) -> QuerySet[Vision]:
    """All visions, for whoever holds a role (design, Rights)."""
    visions = Vision.objects.filter(archived_at__isnull=True)
    return visions if user.role_kinds else visions.none()


def policies_visible_to(user: Any) -> QuerySet[Policy]:
    """Policies that are or were decided for whoever holds a role; the others for their makers and for auditors."""
    return policies_open_to(user, Policy.objects.filter(archived_at__isnull=True))


def policies_open_to(user: Any, policies: QuerySet[Policy]) -> QuerySet[Policy]:
    """Those of `policies`, archived ones included, that stand or would stand open to the person."""
    if user.holds(*WIDE_ROLES):
        return policies
    was_decided = Q(status=PolicyStatus.WITHDRAWN, decided_version__isnull=False)
    return policies.filter(Q(status__in=DECIDED_POLICY) | was_decided) if user.role_kinds else policies.none()


def initiatives_visible_to(user: Any) -> QuerySet[Initiative]:
    """All initiatives, for whoever holds a role (design, Rights)."""
    initiatives = Initiative.objects.filter(archived_at__isnull=True)
    return initiatives if user.role_kinds else initiatives.none()


def initiatives_under(vision: Vision, user: Any) -> QuerySet[Initiative]:
    """The visible initiatives that lead to a vision, to a ten-year one also by way of those that serve it."""
    return _within(initiatives_visible_to(user), "vision", vision).select_related("lead_unit")


def hurdles_in_the_way(vision: Vision, user: Any) -> QuerySet[Hurdle]:
    """The hurdles that hold a vision back, or one that serves it, as far as the person sees them."""
    links = _within(VisionHurdle.objects.order_by(), "vision", vision)
    return _shown(visible_hurdles(user).filter(pk__in=links.values("hurdle_id")))


def _within(records: QuerySet[Any], path: str, vision: Any) -> QuerySet[Any]:
    """Those whose vision is `vision` or one that serves it; an archived one serves nobody."""
    serving = Q(**{f"{path}__serves": vision, f"{path}__archived_at__isnull": True})
    return records.filter(Q(**{path: vision}) | serving)


def vision_list(user: Any) -> QuerySet[Any]:
    """Visible visions with what they serve; `hurdle_count` and `initiative_count` as on their pages.

    Of the hurdles only open ones that the person sees are counted: the others hold nothing back any more.
    """
    hurdles = VisionHurdle.objects.filter(hurdle__in=visible_hurdles(user).filter(status__in=OPEN).values("pk"))
    return (
        visions_visible_to(user)
        .select_related("plan_item")
        .annotate(
            hurdle_count=_count(_within(hurdles, "vision", OuterRef("pk")), "hurdle"),
            initiative_count=_count(_within(initiatives_visible_to(user), "vision", OuterRef("pk")), "pk"),
        )
        .prefetch_related(Prefetch("serves", queryset=visions_visible_to(user)))
    )


def _count(rows: QuerySet[Any], what: str) -> Coalesce:
    """How many different values of `what` the rows have; each count by itself, so that joins multiply nothing."""
    counted = rows.order_by().annotate(group=Value(1)).values("group").annotate(number=Count(what, distinct=True))
    return Coalesce(Subquery(counted.values("number")), 0)


def vision_detail(user: Any) -> QuerySet[Vision]:
    """Visible visions with what they serve and what serves them."""
    return visions_visible_to(user).prefetch_related(
        Prefetch("serves", queryset=visions_visible_to(user)),
        Prefetch("served_by", queryset=visions_visible_to(user)),
    )


def free_of_hurdles(visions: QuerySet[Any]) -> QuerySet[Any]:
    """Those of `vision_list` that no open hurdle holds back, as far as the person sees hurdles."""
    return visions.filter(hurdle_count=0)


def policy_list(user: Any) -> QuerySet[Any]:
    """Visible policies with their hurdles and initiatives; `bound` and `adopted` count units."""
    return (
        policies_visible_to(user)
        .select_related("legal_level")
        .annotate(
            bound=Count("unit_links"),
            adopted=Count("unit_links", filter=Q(unit_links__adopted=True)),
        )
        .prefetch_related(
            Prefetch("hurdles", queryset=visible_hurdles(user).order_by("number", "pk")),
            Prefetch("initiatives", queryset=initiatives_visible_to(user).select_related("lead_unit")),
        )
    )


def policy_detail(user: Any) -> QuerySet[Any]:
    """Visible policies with all that their page shows."""
    return policy_list(user).prefetch_related(
        "versions", Prefetch("unit_links", queryset=PolicyUnit.objects.select_related("unit"))
    )


def initiative_list(user: Any) -> QuerySet[Any]:
    """Visible initiatives with all that a row shows; a vision or a policy that the person does not see is None.

    `in_conflict` says that the initiative starts before something it needs has ended.
    """
    return (
        initiatives_visible_to(user)
        .annotate(in_conflict=Exists(conflicts().filter(initiative=OuterRef("pk"))))
        .select_related("lead_unit", "plan_item")
        .prefetch_related(
            "milestones",
            Prefetch("vision", queryset=visions_visible_to(user)),
            Prefetch("policy", queryset=policies_visible_to(user)),
        )
    )


def initiative_detail(user: Any) -> QuerySet[Any]:
    """Visible initiatives with all that their page shows."""
    return (
        initiative_list(user)
        .select_related("plan_item__plan")
        .prefetch_related(
            "implementations",
            Prefetch("unit_links", queryset=InitiativeUnit.objects.select_related("unit")),
            Prefetch("vision__serves", queryset=visions_visible_to(user)),
        )
    )


def late(initiatives: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """Those whose end has passed and that are neither achieved nor cancelled, as `Initiative.is_late`."""
    return initiatives.filter(ends_on__lt=clock.today()).exclude(status__in=CLOSED_INITIATIVE)


def in_conflict(initiatives: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """Those that start before something they need has ended."""
    return initiatives.filter(pk__in=conflicts().values("initiative_id"))


def towards(initiatives: QuerySet[Initiative], vision: Vision) -> QuerySet[Initiative]:
    """Those that lead to the vision, also by way of a vision that serves it."""
    return _within(initiatives, "vision", vision)


def initiatives_of_plan_item(initiatives: QuerySet[Initiative], code: str) -> QuerySet[Initiative]:
    """Those under the item of this code, of whichever comprehensive plan."""
    return initiatives.filter(plan_item__code=code)


def plan_items() -> list[tuple[str, str]]:
    """Code and name of the items of the comprehensive plans; where two plans share a code, the later one names it."""
    items = ComprehensivePlanItem.objects.order_by("plan__from_year", "code")
    return sorted((code, f"{code} {name}") for code, name in dict(items.values_list("code", "name")).items())


def areas_of(records: QuerySet[Any]) -> list[str]:
    """The areas that records name, in the order of the first number that names each."""
    named = records.exclude(area="").order_by("number", "pk")
    return list(dict.fromkeys(named.values_list("area", flat=True)))


def count_by_status(user: Any) -> dict[str, int]:
    """Visible initiatives by state; states without any are missing."""
    return dict(initiatives_visible_to(user).order_by().values_list("status").annotate(Count("pk")))


def hurdles_of(record: Model, user: Any) -> QuerySet[Hurdle]:
    """The hurdles linked to a record by its `hurdle_links` that the person may see."""
    links: Any = record
    return _shown(visible_hurdles(user).filter(pk__in=links.hurdle_links.order_by().values("hurdle_id")))


def _shown(hurdles: QuerySet[Hurdle]) -> QuerySet[Hurdle]:
    return hurdles.select_related("owning_unit").order_by("number", "pk")


def ends_of_hurdles(hurdles: QuerySet[Hurdle], user: Any, *, common_hurdle: Any = None) -> dict[str, list[Any]]:
    """What clears these hurdles away: policies and initiatives; and the visions that they hold back.

    Policies that resolve `common_hurdle` as a whole are among them. A vision says which ten-year one it serves.
    """

    def linked(records: QuerySet[Any], also: Q | None = None) -> QuerySet[Any]:
        wanted = Q(hurdle_links__hurdle__in=hurdles.values("pk")) | (also or Q(pk__in=[]))
        return records.filter(wanted).distinct().order_by("number", "pk")

    whole = Q(common_hurdle_links__common_hurdle=common_hurdle) if common_hurdle else None
    visions = linked(visions_visible_to(user)).prefetch_related(Prefetch("serves", queryset=visions_visible_to(user)))
    return {
        "policies": list(linked(policies_visible_to(user), whole)),
        "initiatives": list(linked(initiatives_visible_to(user)).select_related("lead_unit")),
        "visions": list(visions.order_by("horizon", "number", "pk")),
    }
