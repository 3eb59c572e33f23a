"""Moving dates 日程の見直し: the one way by which the dates of an initiative change once it is there.

What waits behind it moves along, as far as it must; `plan_rescheduling` shows all of it first, and what was confirmed
is what was shown, or nothing is written.
"""

from datetime import date
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock, wareki
from apps.core.history import act, declare_event
from apps.core.notices import tell_watchers
from apps.core.permissions import require
from apps.core.transitions import Unmet
from apps.organization.selectors import people_of
from apps.roadmap.models import Initiative, InitiativeMove, Milestone
from apps.roadmap.selectors.posts import unit_today, who_answers
from apps.roadmap.selectors.timing import CLOSED_INITIATIVE
from apps.roadmap.services.propagation import Span
from apps.roadmap.services.schedule_preview import Line, Rescheduling, plan_rescheduling

RESCHEDULED = declare_event("roadmap.initiative.rescheduled", gettext_lazy("Dates moved"))
# The trigger of the dependencies takes the same one (models/circles.py): dates and links change one after the other.
LOCK = "SELECT pg_advisory_xact_lock(hashtext('roadmap_dependencies'))"


class NothingMoves(Unmet):
    """The initiative has these dates already."""


class PlanChanged(Exception):
    """The plan is not what the preview showed; `plan` is what would happen now."""

    def __init__(self, plan: Rescheduling) -> None:
        super().__init__("the plan has changed since the preview")
        self.plan = plan


def reschedule_initiative(
    *,
    initiative: Initiative,
    starts_on: date,
    ends_on: date,
    reason: str,
    by: Any,
    carry: bool = True,
    seen: str | None = None,
) -> Rescheduling:
    """Moves the dates, with `carry` also those of what waits behind, in one act with one reason.

    `seen` is the digest of the preview that was confirmed: raises PlanChanged where the plan is another one by now.
    """
    require(by, "roadmap.reschedule_initiative", initiative)
    with act(RESCHEDULED, by=by, reason=reason):
        lock_plan()
        initiative.refresh_from_db()
        _check(initiative, Span(starts_on, ends_on), reason)
        plan = plan_rescheduling(initiative=initiative, starts_on=starts_on, ends_on=ends_on, carry=carry)
        if seen is not None and seen != plan.digest:
            raise PlanChanged(plan)
        _write(plan, reason, by)
        _tell(plan, reason, by)
    initiative.refresh_from_db()
    return plan


def lock_plan() -> None:
    """One move or link after the other, and no change of state in between."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
    list(Initiative.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def _check(initiative: Initiative, new: Span, reason: str) -> None:
    if initiative.archived_at or initiative.status in CLOSED_INITIATIVE:
        raise Unmet(_("The dates of what is achieved, cancelled or archived stay as they are."))
    if not new.starts_on or not new.ends_on or new.ends_on < new.starts_on:
        raise Unmet(_("An initiative cannot end before it starts."))
    if new == Span(initiative.starts_on, initiative.ends_on):
        raise NothingMoves(_("These are the dates that it has already."))
    if not reason.strip():
        raise Unmet(_("Say why the dates move."))


def _write(plan: Rescheduling, reason: str, by: Any) -> None:
    now, today = clock.now(), clock.today()
    for line in plan.lines:
        line.initiative.starts_on, line.initiative.ends_on = line.new.starts_on, line.new.ends_on
        line.initiative.version, line.initiative.updated_at = line.initiative.version + 1, now
        for each in line.milestones:
            each.milestone.fiscal_year, each.milestone.quarter = each.fiscal_year, each.quarter
    Initiative.objects.bulk_update(
        [line.initiative for line in plan.lines], ["starts_on", "ends_on", "version", "updated_at"]
    )
    moved = [each.milestone for line in plan.lines for each in line.milestones]
    Milestone.objects.bulk_update(moved, ["fiscal_year", "quarter"])
    InitiativeMove.objects.bulk_create(
        InitiativeMove(
            initiative=line.initiative,
            old_starts_on=line.old.starts_on,
            old_ends_on=line.old.ends_on,
            new_starts_on=line.new.starts_on,
            new_ends_on=line.new.ends_on,
            reason=reason,
            behind=line.behind,
            moved_on=today,
            moved_by=by,
        )
        for line in plan.lines
    )


def _tell(plan: Rescheduling, reason: str, by: Any) -> None:
    """Each one's watchers and the post that answers for it, in one sentence."""
    for line in plan.lines:
        initiative = line.initiative
        posts = [initiative.lead_role] if initiative.lead_role else []
        also = people_of(unit_today(initiative), *posts) or who_answers(initiative).people
        tell_watchers(initiative, event=RESCHEDULED, text=_sentence(line, reason), by=by, also=also)


def _sentence(line: Line, reason: str) -> str:
    words = {
        "number": line.initiative.number or "",
        "title": line.initiative.title,
        "start": wareki.format_date(line.new.starts_on) if line.new.starts_on else "",
        "end": wareki.format_date(line.new.ends_on) if line.new.ends_on else "",
        "reason": reason,
    }
    if line.behind:
        text = _("%(number)s “%(title)s” now runs from %(start)s to %(end)s, behind “%(behind)s”. Reason: %(reason)s")
        return text % {**words, "behind": line.behind.title}
    return _("%(number)s “%(title)s” now runs from %(start)s to %(end)s. Reason: %(reason)s") % words
