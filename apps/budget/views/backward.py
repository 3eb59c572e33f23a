"""The section of a proposal's page that counts back from the close of the call."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.budget.exports.steps import pictures
from apps.budget.models import Proposal
from apps.budget.selectors.backward import BackwardPlan, Row
from apps.budget.selectors.riding import unseen_days
from apps.budget.selectors.steps import backward_plan
from apps.core.permissions import permitted
from apps.core.wareki import format_date


def backward_context(proposal: Proposal, user: Any) -> dict[str, Any]:
    """All that templates/budget/proposal/backward.html shows."""
    plan = backward_plan(proposal)
    links = proposal.candidate_links.select_related("grant").order_by("grant__closes_on", "pk")
    return {
        "plan": plan,
        "rows": pictures(plan),
        "headline": headline(plan),
        "further": [words for words in (next_words(plan), supplementary_words(plan)) if words],
        "moved": unseen_days(proposal, plan.grant),
        "candidates": [link for link in links if link.grant.archived_at is None],
        "may_plan": permitted(user, "budget.plan_steps", proposal),
    }


def slack_words(count: int) -> str:
    return ngettext("%(count)d working day", "%(count)d working days", count) % {"count": count}


def day_words(day: Any, assumed: bool) -> str:
    """A day, and that it is only assumed."""
    return format_date(day) + (_("(assumed)") if assumed else "")


def headline(plan: BackwardPlan) -> str:
    """The one sentence that counts."""
    if late := plan.first_late:
        return _late_words(plan, late)
    if plan.is_done:
        return _("All steps are done.")
    if plan.grant is None:
        return _("It rides on no call: only the steps up to the budget request have their day.")
    if plan.deadline.day is None:
        return _("The call does not say yet by which day one has to apply.")
    narrowest = plan.narrowest
    if narrowest is None:
        return _("No open step has its day.")
    words = {
        "day": day_words(plan.deadline.day, plan.deadline.assumed),
        "slack": slack_words(narrowest.slack or 0),
        "step": narrowest.step.name,
    }
    return (
        _("Up to the close of the application on %(day)s, the narrowest step (%(step)s) has a slack of %(slack)s.")
        % words
    )


def _late_words(plan: BackwardPlan, late: Row) -> str:
    words = {"step": late.step.name, "day": day_words(late.latest, late.anchor.assumed)}
    if late.latest and late.latest < plan.today:
        return _("It is too late for this round: “%(step)s” had to be done by %(day)s.") % words
    return _("It is too late for this round: “%(step)s” can no longer be done by %(day)s.") % words


def next_words(plan: BackwardPlan) -> str:
    """The next chance."""
    if plan.next_round is None:
        return ""
    coming = plan.next_round
    words = {"day": day_words(coming.closes_on, coming.assumed), "name": coming.grant or plan.grant}
    if coming.grant:
        return _("The next chance is “%(name)s”, which closes on %(day)s.") % words
    return _("The next chance is the same call a year later, which would close on %(day)s.") % words


def supplementary_words(plan: BackwardPlan) -> str:
    """The way of a supplementary budget."""
    if plan.supplementary is None:
        return ""
    words = {"title": plan.supplementary.title, "day": format_date(plan.supplementary.day)}
    said = _("By a supplementary budget: %(title)s on %(day)s.") % words
    if plan.supplementary.needs_carryover:
        said += _(" That money has to be carried over, for the project lasts into the next fiscal year.")
    return said
