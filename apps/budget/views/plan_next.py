"""What comes next for an introduction plan, in every state and for whoever reads its page."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.choices import PlanStatus
from apps.budget.models import IntroductionPlan
from apps.budget.selectors import days_of_review
from apps.budget.selectors.plans_waiting import is_mended
from apps.budget.services import PLAN_ACTS, PLAN_FLOW
from apps.core.permissions import permitted
from apps.core.wareki import format_date

WHO_HANDS_IN = gettext_lazy(
    "When it is complete, the manager of the section or the secretariat hands it in for the preliminary review."
)


@dataclass(frozen=True)
class NextStep:
    """A heading, and sentences that say who does what; `proposal` where there is one that the reader sees."""

    title: str
    lines: list[str]
    proposal: Any = None


def next_step(plan: Any, missing: list[str], user: Any) -> NextStep:
    """Who does what now."""
    match plan.status:
        case PlanStatus.SUBMITTED:
            return _in_review(plan, user)
        case PlanStatus.REVIEWED:
            return _reviewed(plan, user)
    if missing:
        return NextStep(
            _("Still missing before it is handed in"), ["、".join(missing), str(WHO_HANDS_IN), *_by(plan, 0)]
        )
    if plan.status == PlanStatus.RETURNED and not is_mended(plan):
        return _returned(plan, user)
    return _complete(plan, user)


def _complete(plan: IntroductionPlan, user: Any) -> NextStep:
    if permitted(user, "budget.submit_plan", plan):
        said = _("Every part that the review needs is there. Hand it in with “%(verb)s”.")
        words = said % {"verb": PLAN_FLOW["submit"].label}
    else:
        words = _(
            "Every part that the review needs is there. The manager of the section, or the secretariat, hands it in: "
            "it stands on their “My work”. Until then it can be changed."
        )
    return NextStep(_("Next it is handed in"), [words, *_by(plan, 0)])


def _returned(plan: IntroductionPlan, user: Any) -> NextStep:
    if permitted(user, "budget.edit_plan", plan):
        words = _("Change what the reason names with “%(verb)s”.") % {"verb": PLAN_ACTS["edit"].label}
    else:
        words = _("The section changes what the reason names.")
    again = _("Then the manager of the section, or the secretariat, hands it in again.")
    return NextStep(_("Next it is mended and handed in again"), [words, again, *_by(plan, 0)])


def _in_review(plan: IntroductionPlan, user: Any) -> NextStep:
    if permitted(user, "budget.review_plan", plan):
        words = _("Review it with “%(verb)s”; the section is told the result.") % {"verb": PLAN_FLOW["review"].label}
    else:
        words = _(
            "The promotion team or the secretariat reviews it and tells the section the result. Until then it is not "
            "changed."
        )
    return NextStep(_("It is being reviewed"), [words, *_by(plan, 1)])


def _reviewed(plan: Any, user: Any) -> NextStep:
    if plan.proposal_id:
        words = _("The budget proposal of the plan says what the review said, and goes on by itself.")
        return NextStep(_("Next comes the budget proposal"), [words], plan.open_proposal)
    if permitted(user, "budget.link_plan", plan):
        said = _("Draft it with “%(verb)s”, or name the one that is there with “%(link)s”.")
        labels = {"verb": PLAN_ACTS["draft_proposal"].label, "link": PLAN_ACTS["link_proposal"].label}
        return NextStep(_("Next comes the budget proposal"), [said % labels])
    words = _("The section or the secretariat drafts it from the plan.")
    return NextStep(_("Next comes the budget proposal"), [words])


def _by(plan: IntroductionPlan, which: int) -> list[str]:
    """The day of the calendar: by when it is handed in (0), or its review ends (1)."""
    day = days_of_review(plan.fiscal_year)[which]
    if day is None:
        return []
    words = _("The review ends on %(day)s.") if which else _("To be handed in by %(day)s.")
    return [words % {"day": format_date(day)}]
