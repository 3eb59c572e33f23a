"""The milestones of an initiative: what is reached in a quarter of a fiscal year.

A milestone may lie outside the period of its initiative. Preparations come before the first day and what follows
comes after the last one, and dates move while milestones stay: whoever enters one is told, and is not refused.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock, wareki
from apps.core.history import declare_event
from apps.core.transitions import Unmet
from apps.roadmap.choices import MilestoneState
from apps.roadmap.models import Initiative, Milestone
from apps.roadmap.services.initiative_flow import INITIATIVE_ACTS
from apps.roadmap.services.initiative_parts import add_part, change_part, remove_part
from apps.roadmap.services.initiative_telling import tell_of_initiative

ADDED = declare_event("roadmap.milestone.added", gettext_lazy("Milestone added"))
CHANGED = declare_event("roadmap.milestone.changed", gettext_lazy("Milestone changed"))
ACHIEVED = declare_event("roadmap.milestone.achieved", gettext_lazy("Milestone achieved"))
REOPENED = declare_event("roadmap.milestone.reopened", gettext_lazy("Milestone set back"))
REMOVED = declare_event("roadmap.milestone.removed", gettext_lazy("Milestone taken out"))


def add_milestone(*, initiative: Initiative, values: dict[str, Any], by: Any, reason: str = "") -> Milestone:
    """A new one, planned. The same words in the same quarter are one milestone."""
    INITIATIVE_ACTS.check("milestones", initiative, by=by)
    milestone, _new = add_part(part=Milestone(initiative=initiative, **values), event=ADDED, by=by, reason=reason)
    return milestone


def change_milestone(
    *, milestone: Milestone, seen: str, values: dict[str, Any], by: Any, reason: str = ""
) -> Milestone:
    """Other words or another quarter. Raises StalePart where somebody has changed it since `seen`."""
    INITIATIVE_ACTS.check("milestones", milestone.initiative, by=by)
    return change_part(part=milestone, seen=seen, values=values, event=CHANGED, by=by, reason=reason)


def achieve_milestone(*, milestone: Milestone, achieved_on: date, evidence: str, by: Any, seen: str = "") -> Milestone:
    """It is reached: the history keeps on which day, and by what one sees it."""
    INITIATIVE_ACTS.check("milestones", milestone.initiative, by=by)
    if milestone.state == MilestoneState.ACHIEVED:
        raise Unmet(_("This milestone is achieved already."))
    if achieved_on > clock.today():
        raise Unmet(_("What is achieved has happened: the day cannot be in the future."))
    if not evidence.strip():
        raise Unmet(_("Say by what one sees that it is achieved."))
    words = {"text": milestone.text, "day": wareki.format_date(achieved_on), "evidence": evidence}
    reason = _("“%(text)s” achieved on %(day)s. %(evidence)s") % words
    values = {"state": MilestoneState.ACHIEVED}
    with transaction.atomic():
        changed: Milestone = change_part(part=milestone, seen=seen, values=values, event=ACHIEVED, by=by, reason=reason)
        tell_of_initiative("milestone", milestone.initiative, event=ACHIEVED, by=by, text=milestone.text)
    return changed


def reopen_milestone(*, milestone: Milestone, reason: str, by: Any, seen: str = "") -> Milestone:
    """It was not reached after all."""
    INITIATIVE_ACTS.check("milestones", milestone.initiative, by=by)
    if milestone.state != MilestoneState.ACHIEVED:
        raise Unmet(_("This milestone is not achieved."))
    if not reason.strip():
        raise Unmet(_("Say why."))
    values = {"state": MilestoneState.PLANNED}
    reason = _("“%(text)s” set back. %(reason)s") % {"text": milestone.text, "reason": reason}
    return change_part(part=milestone, seen=seen, values=values, event=REOPENED, by=by, reason=reason)


def remove_milestone(*, milestone: Milestone, reason: str, by: Any) -> None:
    """It is no longer meant to be reached; the history keeps it with the reason."""
    INITIATIVE_ACTS.check("milestones", milestone.initiative, by=by)
    if not reason.strip():
        raise Unmet(_("Say why."))
    remove_part(part=milestone, event=REMOVED, by=by, reason=reason)
