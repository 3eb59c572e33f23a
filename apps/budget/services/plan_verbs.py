"""The verbs that move an introduction plan, and the mark of a priority case 重要案件.

Many cities review IT cases before the budget request (domain facts §1.7: 千葉市, 湖南市, 大阪市水道局). What the
review says is carried to the linked proposal in the same transaction.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from apps.budget.choices import PreReviewResult
from apps.budget.models import IntroductionPlan
from apps.budget.services.plan_flow import ACTS, FLOW
from apps.budget.services.plan_points import Given, write_points
from apps.budget.services.plan_proposals import carry_review
from apps.budget.services.plan_telling import tell_of_plan
from apps.core import clock
from apps.core.history import act, declare_event
from apps.core.registry import Event
from apps.core.services import save_version

SUBMITTED = declare_event("budget.plan.submitted", gettext_lazy("Handed in for review"))
REVIEWED = declare_event("budget.plan.reviewed", gettext_lazy("Reviewed"))
RETURNED = declare_event("budget.plan.returned", gettext_lazy("Returned"))
REOPENED = declare_event("budget.plan.reopened", gettext_lazy("Reviewed plan returned"))
MARKED = declare_event("budget.plan.marked_priority", gettext_lazy("Marked as a priority case"))
UNMARKED = declare_event("budget.plan.unmarked_priority", gettext_lazy("No longer a priority case"))

Points = Mapping[int, Given]


def submit_plan(*, plan: IntroductionPlan, by: Any, version: int | None = None) -> IntroductionPlan:
    """Hands the plan in. What an earlier review said stays in the history; its points wait for the next one."""
    FLOW.check("submit", plan, by=by)
    changes = {
        "status": FLOW["submit"].target,
        "submitted_on": clock.today(),
        "result": "",
        "reviewed_on": None,
        "review_words": "",
    }
    return _move("submit", SUBMITTED, plan, changes, by=by, version=version)


def review_plan(
    *,
    plan: IntroductionPlan,
    result: str,
    by: Any,
    words: str = "",
    points: Points | None = None,
    version: int | None = None,
) -> IntroductionPlan:
    """Judges the plan. Points help and decide nothing: the result is what a person says, with words on conditions."""
    FLOW.check("review", plan, by=by, data={"result": result, "words": words})
    changes = {
        "status": FLOW["review"].target,
        "result": result,
        "reviewed_on": clock.today(),
        "review_words": words.strip(),
    }
    return _move("review", REVIEWED, plan, changes, by=by, version=version, points=points)


def return_plan(
    *, plan: IntroductionPlan, reason: str, by: Any, points: Points | None = None, version: int | None = None
) -> IntroductionPlan:
    """Back to the section with the reason; points that were given stay for the next review."""
    FLOW.check("return", plan, by=by, data={"reason": reason})
    changes = _returned(reason)
    return _move("return", RETURNED, plan, changes, by=by, version=version, reason=reason, points=points)


def reopen_plan(*, plan: IntroductionPlan, reason: str, by: Any, version: int | None = None) -> IntroductionPlan:
    """A plan that was reviewed already goes back to the section, with the reason."""
    FLOW.check("reopen", plan, by=by, data={"reason": reason})
    return _move("reopen", REOPENED, plan, _returned(reason), by=by, version=version, reason=reason)


def _returned(reason: str) -> dict[str, Any]:
    return {
        "status": FLOW["return"].target,
        "result": PreReviewResult.RETURNED,
        "reviewed_on": clock.today(),
        "review_words": reason.strip(),
    }


def _move(
    verb: str,
    event: Event,
    plan: IntroductionPlan,
    changes: dict[str, Any],
    *,
    by: Any,
    version: int | None,
    reason: str = "",
    points: Points | None = None,
) -> IntroductionPlan:
    """One move of the flow, checked before: points, the linked proposal, the history and the notices with it."""
    with act(event, by=by, reason=reason):
        if points is not None:
            write_points(plan=plan, points=points, by=by)
        save_version(plan, version=plan.version if version is None else version, changes=changes)
        carry_review(plan=plan, by=by)
        tell_of_plan(verb, plan, event=event, by=by, reason=reason)
    return plan


def mark_priority(*, plan: IntroductionPlan, reason: str, by: Any, version: int | None = None) -> IntroductionPlan:
    """The plan is a priority case 重要案件, and why is said."""
    ACTS.check("mark_priority", plan, by=by, data={"reason": reason})
    changes = {"priority_case": True, "priority_reason": reason.strip()}
    return _mark("mark_priority", MARKED, plan, changes, reason=reason, by=by, version=version)


def unmark_priority(*, plan: IntroductionPlan, reason: str, by: Any, version: int | None = None) -> IntroductionPlan:
    """It is none any more, and why is said; the reason of then stays in the history."""
    ACTS.check("unmark_priority", plan, by=by, data={"reason": reason})
    changes = {"priority_case": False, "priority_reason": ""}
    return _mark("unmark_priority", UNMARKED, plan, changes, reason=reason, by=by, version=version)


def _mark(
    verb: str,
    event: Event,
    plan: IntroductionPlan,
    changes: dict[str, Any],
    *,
    reason: str,
    by: Any,
    version: int | None,
) -> IntroductionPlan:
    with act(event, by=by, reason=reason):
        save_version(plan, version=plan.version if version is None else version, changes=changes)
        tell_of_plan(verb, plan, event=event, by=by, reason=reason)
    return plan
