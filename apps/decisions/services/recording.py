"""Recording that a policy was decided: by a meeting that was held, or by 決裁; the hurdles follow.

Who may decide follows from the highest rule that the policy changes (roadmap.selectors.deciding). Superseding an
earlier decision, and directives that come with one, are acts of their own.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock, wareki
from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.transitions import Unmet
from apps.decisions.models import AgendaItem, Decision, Meeting
from apps.decisions.selectors import body_of_meeting
from apps.hurdles.models import Hurdle
from apps.roadmap.choices import DecidingBody
from apps.roadmap.models import Policy
from apps.roadmap.selectors import deciding, withdrawn_on
from apps.roadmap.services import POLICY_FLOW, decide_policy, move_hurdles

RECORDED = declare_event("decisions.decision.recorded", gettext_lazy("Decision recorded"))


@dataclass(frozen=True)
class RecordedDecision:
    """The decision, the hurdles that moved with it, and those that stay where they are."""

    decision: Decision
    moved: list[Hurdle]
    stayed: list[Hurdle]


@dataclass(frozen=True)
class _How:
    """By whom it was decided, and when."""

    decided_on: date
    meeting: Meeting | None = None
    item: AgendaItem | None = None
    approval_number: str = ""

    @property
    def words(self) -> str:
        """As the history of the policy and of its hurdles says it."""
        if self.meeting:
            return str(self.meeting)
        given = {"number": self.approval_number, "day": wareki.format_date(self.decided_on)}
        return _("Approval document %(number)s of %(day)s") % given


def record_decision(
    *,
    policy: Policy,
    text: str,
    by: Any,
    meeting: Meeting | None = None,
    item: AgendaItem | None = None,
    approval_number: str = "",
    decided_on: date | None = None,
    version: int | None = None,
) -> RecordedDecision:
    """Creates the decision, moves the policy and every hurdle that it resolves and that can follow: all or nothing.

    `version` is that of the policy which the person saw: StaleVersion where it has changed since.
    """
    require(by, "decisions.record_decision", policy)
    POLICY_FLOW.check("decide", policy, by=by)
    if not text.strip():
        raise Unmet(_("Write what was decided."))
    how = _how(meeting, item, approval_number.strip(), decided_on)
    _check_body(policy, how)
    _check_day(policy, how.decided_on)
    with transaction.atomic():
        _check_item(how)
        decide_policy(policy=policy, decided_on=how.decided_on, reason=how.words, by=by, version=version)
        decision = _write(policy, text, how, by=by)
        moved, stayed = move_hurdles(policy, how=how.words, by=by)
    return RecordedDecision(decision, moved, stayed)


def _how(meeting: Meeting | None, item: AgendaItem | None, approval_number: str, decided_on: date | None) -> _How:
    """A meeting decides on its day; an approval document has a number and a day. Never both."""
    if meeting and approval_number:
        raise Unmet(_("A decision is made by a meeting or by an approval document, not by both."))
    if meeting:
        if meeting.is_ahead:
            raise Unmet(_("%(meeting)s is still to be held.") % {"meeting": meeting})
        if item and item.meeting_id != meeting.pk:
            raise Unmet(_("The agenda item is one of another meeting."))
        return _How(meeting.held_on, meeting, item)
    if not approval_number or decided_on is None:
        raise Unmet(_("Name the meeting, or the number and the day of the approval document."))
    return _How(decided_on, approval_number=approval_number)


def _check_body(policy: Policy, how: _How) -> None:
    known = deciding(policy)
    if not known.levels:
        raise Unmet(_("Nobody knows yet who may decide it: say first what it changes."))
    if not known.bodies:
        said = _("Nobody may decide on all of %(levels)s at once: say first what the policy itself changes.")
        raise Unmet(said % {"levels": known.level_names})
    body = body_of_meeting(how.meeting) if how.meeting else DecidingBody.KESSAI
    if body not in known.bodies:
        said = _("It changes %(levels)s. That is not decided by %(body)s; enough is %(bodies)s.")
        name = how.meeting.body if how.meeting and body is None else DecidingBody(body or "").label
        raise Unmet(said % {"levels": known.level_names, "body": name, "bodies": known.body_names})


def _check_day(policy: Policy, day: date) -> None:
    if day > clock.today():
        raise Unmet(_("The day of the decision cannot be in the future."))
    first = policy.versions.order_by("date").values_list("date", flat=True)[0]
    if day < first:
        said = _("The decision cannot be older than the first text of the policy (%(day)s).")
        raise Unmet(said % {"day": wareki.format_date(first)})
    withdrawn = withdrawn_on(policy)
    if withdrawn and day < withdrawn:
        said = _("It was withdrawn on %(day)s: what was decided before that counts no more.")
        raise Unmet(said % {"day": wareki.format_date(withdrawn)})


def _check_item(how: _How) -> None:
    """An agenda item has one decision; its row stays locked, so that two people do not give it two."""
    if how.item is None:
        return
    AgendaItem.objects.select_for_update().get(pk=how.item.pk)
    if Decision.objects.filter(item=how.item).exists():
        raise Unmet(_("This agenda item has a decision already."))


def _write(policy: Policy, text: str, how: _How, *, by: Any) -> Decision:
    with act(RECORDED, by=by):
        return Decision.objects.create(
            policy=policy,
            text=text,
            decided_on=how.decided_on,
            meeting=how.meeting,
            item=how.item,
            approval_number=how.approval_number,
        )
