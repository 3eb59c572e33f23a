"""Introduction plans that wait for somebody: to be written, to be handed in, to be reviewed."""

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from apps.budget.choices import PlanStatus
from apps.budget.models import IntroductionPlan
from apps.budget.selectors.plans import visible_plans
from apps.core import clock
from apps.core.history import event_model_of
from apps.organization.choices import RoleKind
from apps.organization.models import Role

# Who is asked to write on a plan of the section.
WRITERS = (RoleKind.PROMOTER, RoleKind.MANAGER)


@dataclass(frozen=True)
class PlanInHand:
    """A draft or a returned plan, with what it waits for from one person."""

    plan: Any
    writes: bool
    hands_in: bool


def plans_in_hand(user: Any, most: int) -> list[PlanInHand]:
    """Drafts and returned plans that this person writes (promoter, manager) or speaks for (manager), `most` of them.

    Where a section has nobody who writes, or nobody who speaks for it, the secretariat does.
    """
    plans = with_mended(unfinished_plans(user)).select_related("unit").prefetch_related("hurdle_links")
    written, led = units_held_as(user, *WRITERS), units_held_as(user, RoleKind.MANAGER)
    if not user.holds(RoleKind.SECRETARIAT):
        rows = plans.filter(unit__in=written).order_by("fiscal_year", "pk")[:most]
        return [PlanInHand(plan, writes=True, hands_in=plan.unit_id in led) for plan in rows]
    with_writer, with_manager = _taken_care_of(user)
    rows = plans.exclude(unit__in=with_manager - written).order_by("fiscal_year", "pk")[:most]
    return [
        PlanInHand(
            plan,
            writes=plan.unit_id in written or plan.unit_id not in with_writer,
            hands_in=plan.unit_id in led or plan.unit_id not in with_manager,
        )
        for plan in rows
    ]


def _taken_care_of(user: Any) -> tuple[frozenset[int], frozenset[int]]:
    """The units where somebody writes, and those where somebody speaks for the section."""
    roles = Role.objects.on(clock.today()).filter(kind__in=WRITERS, user__is_active=True, unit__isnull=False)
    held = list(roles.order_by().values_list("kind", "unit"))
    own = user.lineage_today.own
    return own({unit for _kind, unit in held}), own({unit for kind, unit in held if kind == RoleKind.MANAGER})


def plans_to_review(user: Any) -> QuerySet[IntroductionPlan]:
    """What was handed in and is not reviewed, the oldest first."""
    waiting = visible_plans(user).filter(status=PlanStatus.SUBMITTED).select_related("unit")
    return waiting.order_by("submitted_on", "pk")


def is_mended(plan: IntroductionPlan) -> bool:
    """Whether a returned plan was changed since it came back."""
    return with_mended(IntroductionPlan.objects.filter(pk=plan.pk)).filter(mended=True).exists()


def with_mended(plans: QuerySet[IntroductionPlan]) -> QuerySet[Any]:
    """Adds `mended`: it is returned, and newer than the version as which it came back."""
    before = event_model_of(IntroductionPlan).objects.filter(pgh_obj=OuterRef("pk"))
    before = before.exclude(status=PlanStatus.RETURNED).order_by("-pgh_id").values("version")[:1]
    came_back = Coalesce(Subquery(before), 0) + 1
    return plans.annotate(mended=Q(status=PlanStatus.RETURNED) & Q(version__gt=came_back))


def unfinished_plans(user: Any) -> QuerySet[IntroductionPlan]:
    """The drafts and the returned plans that this person sees."""
    return visible_plans(user).filter(status__in=(PlanStatus.DRAFT, PlanStatus.RETURNED))


def units_held_as(user: Any, *kinds: str) -> frozenset[int]:
    """The units in which this person holds such a role today, with their predecessors."""
    held = {role.unit_id for role in user.roles_today if role.kind in kinds and role.unit_id}
    return user.lineage_today.own(held) if held else frozenset()
