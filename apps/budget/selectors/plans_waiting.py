"""Introduction plans that wait for somebody: to be written, to be handed in, to be reviewed."""

from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from apps.budget.choices import PlanStatus
from apps.budget.models import IntroductionPlan
from apps.budget.selectors.plans import days_of_review, visible_plans
from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.history import event_model_of
from apps.organization.choices import RoleKind
from apps.organization.models import Role

# Who is asked to write on a plan of the section.
WRITERS = (RoleKind.PROMOTER, RoleKind.MANAGER)


def plans_to_write(user: Any) -> QuerySet[Any]:
    """Drafts and returned plans of the sections of which this person is the promoter or the manager."""
    return _writable(user).filter(unit__in=units_held_as(user, *WRITERS))


def plans_to_hand_in(user: Any) -> QuerySet[Any]:
    """Drafts and returned plans for which this person speaks: the manager; of a section without one the secretariat."""
    plans, led = _writable(user), units_held_as(user, RoleKind.MANAGER)
    if not user.holds(RoleKind.SECRETARIAT):
        return plans.filter(unit__in=led)
    managers = Role.objects.on(clock.today()).filter(kind=RoleKind.MANAGER, user__is_active=True, unit__isnull=False)
    taken = user.lineage_today.own(managers.order_by().values_list("unit", flat=True))
    return plans.exclude(unit__in=taken - led)


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


def _writable(user: Any) -> QuerySet[Any]:
    plans = with_mended(unfinished_plans(user)).select_related("unit").prefetch_related("hurdle_links")
    return plans.order_by("fiscal_year", "pk")


def unfinished_plans(user: Any) -> QuerySet[IntroductionPlan]:
    """The drafts and the returned plans that this person sees."""
    return visible_plans(user).filter(status__in=(PlanStatus.DRAFT, PlanStatus.RETURNED))


def units_held_as(user: Any, *kinds: str) -> frozenset[int]:
    """The units in which this person holds such a role today, with their predecessors."""
    held = {role.unit_id for role in user.roles_today if role.kind in kinds and role.unit_id}
    return user.lineage_today.own(held) if held else frozenset()


def days_by_year(years: Iterable[FiscalYear]) -> dict[FiscalYear, tuple[Any, Any]]:
    """The days of the review for each of these years, which are few."""
    return {year: days_of_review(year) for year in sorted(set(years))}
