"""The verbs of the flow that a hurdle's page offers, and those that upper apps call."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.history import act, declare_event
from apps.core.models.number import next_number
from apps.core.registry import Event
from apps.core.services import save_version
from apps.core.talk.watching import begin_to_watch
from apps.core.transitions import Transition
from apps.hurdles.models import Hurdle, TargetMove
from apps.hurdles.services.flow import FLOW
from apps.hurdles.services.telling import tell_of

SUBMITTED = declare_event("hurdles.hurdle.submitted", gettext_lazy("Submitted"))
ORGANIZED = declare_event("hurdles.hurdle.organized", gettext_lazy("Taken up"))
RETURNED = declare_event("hurdles.hurdle.returned", gettext_lazy("Returned with a question"))
DRAFTED = declare_event("hurdles.hurdle.policy_drafted", gettext_lazy("Drafting of a policy begun"))
STARTED = declare_event("hurdles.hurdle.started", gettext_lazy("Work begun"))
PARTLY_RESOLVED = declare_event("hurdles.hurdle.partly_resolved", gettext_lazy("Partly resolved"))
DEFERRED = declare_event("hurdles.hurdle.deferred", gettext_lazy("Deferred"))
RESUMED = declare_event("hurdles.hurdle.resumed", gettext_lazy("Resumed"))
PUT_FORWARD = declare_event("hurdles.hurdle.put_before_headquarters", gettext_lazy("Put before headquarters"))
POLICY_SET = declare_event("hurdles.hurdle.policy_set", gettext_lazy("Policy decided"))
PETITIONED = declare_event("hurdles.hurdle.petitioned", gettext_lazy("Petitioned to the nation"))


def moved(row: Transition, *, reason: str = "") -> dict[str, Any]:
    """What every move of the state changes."""
    return {"status": row.target, "status_since": clock.today(), "status_reason": reason}


def _move(
    verb: str, event: Event, hurdle: Hurdle, *, by: Any, version: int | None, reason: str = "", **data: str
) -> Hurdle:
    """One move of the flow, with its entry in the history and the notices; `data` is what the verb needs."""
    row = FLOW.check(verb, hurdle, by=by, data={"reason": reason, **data})
    with act(event, by=by, reason=reason):
        changes = moved(row, reason=reason)
        if "question" in data:
            changes["question"] = data["question"]
        save_version(hurdle, version=hurdle.version if version is None else version, changes=changes)
        tell_of(verb, hurdle, event=event, by=by)
    return hurdle


def submit_hurdle(*, hurdle: Hurdle, by: Any, version: int | None = None) -> Hurdle:
    """A draft gets its number and its day; a returned one comes back under the number it has."""
    row = FLOW.check("submit", hurdle, by=by)
    with act(SUBMITTED, by=by):
        changes = moved(row)
        if not hurdle.number:
            changes |= _first_submission(hurdle)
            begin_to_watch(hurdle, [hurdle.reporter] if hurdle.reporter else [])
        save_version(hurdle, version=hurdle.version if version is None else version, changes=changes)
        if hurdle.target_date and "first_target_date" in changes:
            TargetMove.objects.create(
                hurdle=hurdle,
                new_date=hurdle.target_date,
                asked_on=clock.today(),
                asked_by=None if isinstance(by, str) else by,
            )
    return hurdle


def _first_submission(hurdle: Hurdle) -> dict[str, Any]:
    """The number, the day, and the date in the draft, which is a promise from now on."""
    day = clock.today()
    number = next_number("H", FiscalYear.of(day))
    hurdle.number = number
    first = {"first_target_date": hurdle.target_date} if hurdle.target_date else {}
    return {"number": number, "reported_on": day, "search_key": hurdle.make_search_key(), **first}


def organize_hurdle(*, hurdle: Hurdle, by: Any, version: int | None = None) -> Hurdle:
    """The secretariat takes the hurdle up and completes it with the section."""
    return _move("organize", ORGANIZED, hurdle, by=by, version=version)


def return_hurdle(*, hurdle: Hurdle, question: str, by: Any, version: int | None = None) -> Hurdle:
    """Back to the section with a question, which stands on the hurdle's page until it is submitted again."""
    return _move("return", RETURNED, hurdle, by=by, version=version, reason=question, question=question)


def draft_policy(*, hurdle: Hurdle, by: Any, version: int | None = None) -> Hurdle:
    """A policy begins to be drafted; from now on it has to have an owner."""
    return _move("draft_policy", DRAFTED, hurdle, by=by, version=version)


def start_hurdle(*, hurdle: Hurdle, by: Any, decision: str = "", version: int | None = None) -> Hurdle:
    """Work begins. Before a policy is set, `decision` names what allows to skip the steps between."""
    return _move("start", STARTED, hurdle, by=by, version=version, reason=decision, decision=decision)


def resolve_hurdle_partly(*, hurdle: Hurdle, solved: str, remains: str, by: Any, version: int | None = None) -> Hurdle:
    """A part is solved; both what is and what remains are said."""
    words = {"solved": solved, "remains": remains}
    reason = _("Solved: %(solved)s\nRemains: %(remains)s") % words
    return _move("resolve_partly", PARTLY_RESOLVED, hurdle, by=by, version=version, reason=reason, **words)


def defer_hurdle(*, hurdle: Hurdle, reason: str, by: Any, version: int | None = None) -> Hurdle:
    """Nothing is done about it for now, and the reason is said."""
    return _move("defer", DEFERRED, hurdle, by=by, version=version, reason=reason)


def resume_hurdle(*, hurdle: Hurdle, reason: str, by: Any, version: int | None = None) -> Hurdle:
    """A deferred hurdle is organised again."""
    return _move("resume", RESUMED, hurdle, by=by, version=version, reason=reason)


def put_before_headquarters(*, hurdle: Hurdle, by: Any, reason: str = "") -> Hurdle:
    """Called where a meeting takes it on its agenda."""
    return _move("put_before_headquarters", PUT_FORWARD, hurdle, by=by, version=None, reason=reason)


def set_policy(*, hurdle: Hurdle, by: Any, reason: str = "") -> Hurdle:
    """Called where a policy that resolves it is decided."""
    return _move("set_policy", POLICY_SET, hurdle, by=by, version=None, reason=reason)


def petition_hurdle(*, hurdle: Hurdle, by: Any, reason: str = "") -> Hurdle:
    """Called where a petition to the nation is made of it."""
    return _move("petition", PETITIONED, hurdle, by=by, version=None, reason=reason)
