"""Who is told what of an introduction plan: those who watch it, and the posts of its section."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.budget.models import IntroductionPlan
from apps.core.notices import tell_watchers
from apps.core.registry import Event
from apps.organization.selectors import people_of

NEWS = {
    "submit": _("The introduction plan “%(title)s” was handed in for review."),
    "review": _("The introduction plan “%(title)s” was reviewed: %(result)s."),
    "return": _("The introduction plan “%(title)s” was returned: %(reason)s"),
    "reopen": _("The reviewed introduction plan “%(title)s” was returned: %(reason)s"),
    "mark_priority": _("The introduction plan “%(title)s” is a priority case: %(reason)s"),
    "unmark_priority": _("The introduction plan “%(title)s” is no longer a priority case: %(reason)s"),
}


def tell_of_plan(verb: str, plan: IntroductionPlan, *, event: Event, by: Any, reason: str = "") -> None:
    """One notice to each whom it concerns, in the transaction of the act."""
    words = {"title": plan.title, "reason": reason, "result": plan.get_result_display()}
    tell_watchers(plan, event=event, text=NEWS[verb] % words, by=by, also=people_of(plan.unit))
