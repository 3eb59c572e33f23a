"""The verbs that move a session's state."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.core import wareki
from apps.core.history import act, declare_event
from apps.core.registry import Event
from apps.core.services import save_version
from apps.training.choices import SessionState
from apps.training.models import Session
from apps.training.selectors.sessions import state_before_calling_off
from apps.training.services.completing import finish_series
from apps.training.services.seats import fill_free_seats, tell_enrolled
from apps.training.services.session_flow import BACK, REPORTED, SESSION_FLOW

OPENED = declare_event("training.session.opened", gettext_lazy("Enrolment opened"))
HELD = declare_event("training.session.held", pgettext_lazy("session", "Held"))
CANCELLED = declare_event("training.session.cancelled", gettext_lazy("Called off"))
RESUMED = declare_event("training.session.resumed", gettext_lazy("To be held after all"))


def _move(
    verb: str,
    event: Event,
    session: Session,
    *,
    by: Any,
    version: int | None,
    reason: str = "",
    changes: dict[str, Any] | None = None,
) -> Session:
    """One move of the flow, with its entry in the history; `changes` are what the verb needs besides."""
    row = SESSION_FLOW.check(verb, session, by=by, data={"reason": reason, **(changes or {})})
    with act(event, by=by, reason=reason):
        target = state_before_calling_off(session) if row.target == BACK else row.target
        told = {"state": target, "state_reason": reason, **(changes or {})}
        save_version(session, version=session.version if version is None else version, changes=told)
    return session


def open_session(*, session: Session, by: Any, version: int | None = None) -> Session:
    """People may enrol."""
    return _move("open", OPENED, session, by=by, version=version)


def hold_session(
    *, session: Session, by: Any, numbers: dict[str, int] | None = None, version: int | None = None
) -> Session:
    """It was held. `numbers` says how many applied, attended and completed it, where no roll is kept."""
    reported = {} if session.keeps_roll else {name: (numbers or {}).get(name) for name in REPORTED}
    return _move("hold", HELD, session, by=by, version=version, changes=reported)


def cancel_session(*, session: Session, reason: str, by: Any, version: int | None = None) -> Session:
    """It is called off, and the reason is said to whoever has a seat or waits for one."""
    with transaction.atomic():
        _move("cancel", CANCELLED, session, by=by, version=version, reason=reason)
        finish_series(course=session.course, by=by)
        words = {"session": session, "day": wareki.format_date(session.date, weekday=True), "reason": reason}
        text = _("%(session)s on %(day)s is called off: %(reason)s") % words
        tell_enrolled(session=session, event=CANCELLED, text=text, by=by)
    return session


def resume_session(*, session: Session, reason: str, by: Any, version: int | None = None) -> Session:
    """Back into the state before it was called off; who had a seat has it still, and is told."""
    with transaction.atomic():
        _move("resume", RESUMED, session, by=by, version=version, reason=reason)
        words = {"session": session, "day": wareki.format_date(session.date, weekday=True)}
        text = _("%(session)s on %(day)s is held after all.") % words
        tell_enrolled(session=session, event=RESUMED, text=text, by=by)
        if session.state == SessionState.OPEN:
            fill_free_seats(session=session, by=by)
    return session
