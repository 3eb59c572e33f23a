"""The verbs that move the state of a policy."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from apps.core import clock, wareki
from apps.core.fiscal import FiscalYear
from apps.core.history import act, declare_event
from apps.core.models.number import next_number
from apps.core.registry import Event
from apps.core.services import save_version
from apps.roadmap.models import Policy
from apps.roadmap.selectors import speakers_of
from apps.roadmap.services.policy_flow import FLOW
from apps.roadmap.services.policy_telling import tell_of

REVIEWED = declare_event("roadmap.policy.reviewed", gettext_lazy("Put under consideration"))
RETURNED = declare_event("roadmap.policy.returned", gettext_lazy("Returned to a draft"))
DECIDED = declare_event("roadmap.policy.decided", gettext_lazy("Policy decided"))
IN_FORCE = declare_event("roadmap.policy.brought_into_force", gettext_lazy("Brought into force"))
ACHIEVED = declare_event("roadmap.policy.achieved", gettext_lazy("Goal achieved"))
WITHDRAWN = declare_event("roadmap.policy.withdrawn", gettext_lazy("Policy withdrawn"))
RESUMED = declare_event("roadmap.policy.resumed", gettext_lazy("Resumed as a draft"))


def _move(
    verb: str, event: Event, policy: Policy, *, by: Any, version: int | None, reason: str = "", **changes: Any
) -> Policy:
    """One move of the flow, checked before, with its entry in the history and the notices."""
    moved = {"status": FLOW[verb].target, "status_since": clock.today(), "status_reason": reason, **changes}
    was_decided = policy.is_decided
    with act(event, by=by, reason=reason):
        save_version(policy, version=policy.version if version is None else version, changes=moved)
        told = {"reason": reason, "day": wareki.format_date(moved["status_since"])}
        also = speakers_of(policy) if was_decided or policy.is_decided else ()
        tell_of(verb, policy, event=event, by=by, also=also, **told)
    return policy


def review_policy(*, policy: Policy, by: Any, version: int | None = None) -> Policy:
    """From now on it is looked at for a decision; a first time it gets its number."""
    FLOW.check("review", policy, by=by)
    with act(REVIEWED, by=by):
        numbered: dict[str, Any] = {}
        if not policy.number:
            policy.number = next_number("P", FiscalYear.of(clock.today()))
            numbered = {"number": policy.number, "search_key": policy.make_search_key()}
        changes = {"status": FLOW["review"].target, "status_since": clock.today(), "status_reason": "", **numbered}
        save_version(policy, version=policy.version if version is None else version, changes=changes)
        tell_of("review", policy, event=REVIEWED, by=by)
    return policy


def return_policy(*, policy: Policy, reason: str, by: Any, version: int | None = None) -> Policy:
    """Back to a draft under the number that it has."""
    FLOW.check("return", policy, by=by, data={"reason": reason})
    return _move("return", RETURNED, policy, by=by, version=version, reason=reason)


def decide_policy(*, policy: Policy, decided_on: date, by: Any, reason: str = "", version: int | None = None) -> Policy:
    """Called where a decision about it is recorded: the newest text is the one that was decided."""
    FLOW.check("decide", policy, by=by)
    newest = policy.versions.order_by("-version").values_list("version", flat=True)[0]
    decided = {"status_since": decided_on, "decided_version": newest}
    return _move("decide", DECIDED, policy, by=by, version=version, reason=reason, **decided)


def bring_policy_into_force(*, policy: Policy, day: date | None, by: Any, version: int | None = None) -> Policy:
    """From `day` on it binds; the day has come, and is not before the decision."""
    FLOW.check("bring_into_force", policy, by=by, data={"day": day})
    return _move("bring_into_force", IN_FORCE, policy, by=by, version=version, status_since=day, in_force_on=day)


def achieve_policy(*, policy: Policy, evidence: str, by: Any, version: int | None = None) -> Policy:
    """Its goal is achieved, and by what one sees it is said."""
    FLOW.check("achieve", policy, by=by, data={"evidence": evidence})
    return _move("achieve", ACHIEVED, policy, by=by, version=version, reason=evidence)


def withdraw_policy(*, policy: Policy, reason: str, by: Any, version: int | None = None) -> Policy:
    """It is taken back, and why is said."""
    FLOW.check("withdraw", policy, by=by, data={"reason": reason})
    return _move("withdraw", WITHDRAWN, policy, by=by, version=version, reason=reason)


def resume_policy(*, policy: Policy, reason: str, by: Any, version: int | None = None) -> Policy:
    """A withdrawn one is a draft again, and needs a new decision."""
    FLOW.check("resume", policy, by=by, data={"reason": reason})
    forgotten = {"in_force_on": None, "decided_version": None}
    return _move("resume", RESUMED, policy, by=by, version=version, reason=reason, **forgotten)
