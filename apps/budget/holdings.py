"""What of the budget a leaver holds, and what hangs on a unit."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.budget.choices import PlanStatus, StageKind
from apps.budget.selectors import visible_plans, visible_to
from apps.budget.selectors.plans_waiting import WRITERS
from apps.core.holdings import Holding, HoldingSource, UnitHoldings, holding_sources, unit_holdings
from apps.organization.models import Role

# Roles of the year that has just ended count still: the handover is looked at on the first days, too.
MONTH = 31
# The review of these has not ended.
OPEN_PLANS = (PlanStatus.DRAFT, PlanStatus.SUBMITTED, PlanStatus.RETURNED)
ENDED = (StageKind.VOTED, StageKind.DROPPED)


def _plans(people: Collection[Any], day: date, viewer: Any) -> Iterable[Holding]:
    """The open introduction plans of the sections whose post these people hold on the eve: they go with the post."""
    posts = _posts_of(people, day)
    rows = visible_plans(viewer).filter(status__in=OPEN_PLANS, unit__in=posts)
    for plan in rows.order_by("fiscal_year", "pk"):
        for person in posts[plan.unit_id]:
            note = plan.get_status_display()
            yield Holding(person, str(plan.uid), plan.title, note, plan.get_absolute_url(), plan.unit_id)


def _posts_of(people: Collection[Any], day: date) -> dict[int, list[int]]:
    """Who of these people is promoter or manager of which unit on the eve of the day."""
    recently = date.fromordinal(day.toordinal() - MONTH)
    held = Role.objects.filter(user__in=people, kind__in=WRITERS, unit__isnull=False, valid_from__lt=day)
    posts: dict[int, list[int]] = {}
    for unit, person in held.exclude(valid_to__lt=recently).values_list("unit", "user").distinct():
        posts.setdefault(unit or 0, []).append(person)
    return posts


def _open_of(units: Collection[int], user: Any) -> int:
    return visible_plans(user).filter(status__in=OPEN_PLANS, unit__in=units).count()


def _proposals_of(units: Collection[int], user: Any) -> int:
    return visible_to(user).filter(requesting_unit__in=units).exclude(stage__kind__in=ENDED).count()


holding_sources.add(HoldingSource("budget.plans", _("Introduction plans of the section"), _plans))
unit_holdings.add(UnitHoldings("budget.plans", _("Open introduction plans"), _open_of))
unit_holdings.add(UnitHoldings("budget.proposals", _("Budget proposals under way"), _proposals_of))
