"""Writing an introduction plan 導入計画書, and laying it aside."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy

from apps.budget.models import IntroductionPlan
from apps.budget.services.plan_flow import ACTS
from apps.core import clock
from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.services import save_version
from apps.core.talk.watching import begin_to_watch

CREATED = declare_event("budget.plan.created", gettext_lazy("Introduction plan drafted"))
EDITED = declare_event("budget.plan.edited", gettext_lazy("Changed"))
ARCHIVED = declare_event("budget.plan.archived", gettext_lazy("Archived"))


def create_plan(*, uid: UUID, values: dict[str, Any], by: Any) -> IntroductionPlan:
    """A draft of one's own section; the secretariat writes for any. IntegrityError for a second record of the uid."""
    require(by, "budget.create_plan")
    plan = IntroductionPlan(uid=uid, **values)
    require(by, "budget.edit_plan", plan)
    with act(CREATED, by=by):
        plan.save()
        begin_to_watch(plan, [by])
    return plan


def edit_plan(*, plan: IntroductionPlan, version: int, values: dict[str, Any], by: Any) -> IntroductionPlan:
    """Changes what the plan says. Raises StaleVersion where somebody saved in the meantime."""
    ACTS.check("edit", plan, by=by)
    for name, value in values.items():
        setattr(plan, name, value)
    with act(EDITED, by=by):
        save_version(plan, version=version, changes={**values, "search_key": plan.make_search_key()})
    return plan


def archive_plan(*, plan: IntroductionPlan, reason: str, by: Any, version: int | None = None) -> IntroductionPlan:
    """Lays a draft, or what was returned, aside with a reason. Nothing is deleted."""
    ACTS.check("archive", plan, by=by, data={"reason": reason})
    with act(ARCHIVED, by=by, reason=reason):
        save_version(plan, version=plan.version if version is None else version, changes={"archived_at": clock.now()})
    return plan
