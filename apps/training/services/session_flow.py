"""The status flow of a session. SESSION_FLOW is the whole of it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock, wareki
from apps.core.transitions import Flow, Transition, needs_words
from apps.training.choices import TO_COME, SessionState
from apps.training.models import Session
from apps.training.selectors.sessions import has_results

# The target of `resume`: the state before the end, which the history remembers.
BACK = "back"
REPORTED = ("applied", "attended", "completed")


def _needs_its_day(session: Session, _data: dict[str, Any]) -> str | None:
    """Nobody can have come to what is still to come."""
    if session.date <= clock.today():
        return None
    return _("Its day is still to come: %(day)s.") % {"day": wareki.format_date(session.date)}


def _needs_numbers(session: Session, data: dict[str, Any]) -> str | None:
    """Without a roll somebody says how many people came; with one the roll says it."""
    if session.keeps_roll:
        return None
    numbers = [data.get(name) for name in REPORTED]
    if any(not isinstance(each, int) or each < 0 for each in numbers):
        return _("Say how many people applied, attended and completed it.")
    return too_many_completed(data)


def _needs_no_results(session: Session, _data: dict[str, Any]) -> str | None:
    """Who came has skills and a certificate of it."""
    return _("Who came stands in its roll already.") if has_results(session) else None


def too_many_completed(numbers: dict[str, Any]) -> str | None:
    """Who did not attend cannot have completed it."""
    if numbers["completed"] <= numbers["attended"]:
        return None
    return _("More people cannot complete a session than attended it.")


SESSION_FLOW = Flow(
    "state",
    [
        Transition(
            verb="open",
            label=gettext_lazy("Open the enrolment"),
            sources=(SessionState.PLANNED,),
            target=SessionState.OPEN,
            permission="training.open_session",
        ),
        Transition(
            verb="hold",
            label=gettext_lazy("Record that it was held"),
            sources=TO_COME,
            target=SessionState.HELD,
            permission="training.hold_session",
            needs=(_needs_its_day, _needs_numbers),
        ),
        Transition(
            verb="cancel",
            label=gettext_lazy("Call the session off"),
            sources=TO_COME,
            target=SessionState.CANCELLED,
            permission="training.cancel_session",
            needs=(needs_words("reason", gettext_lazy("Say why.")), _needs_no_results),
        ),
        Transition(
            verb="resume",
            label=gettext_lazy("Hold it after all"),
            sources=(SessionState.CANCELLED,),
            target=BACK,
            permission="training.resume_session",
            needs=(needs_words("reason", gettext_lazy("Say why.")),),
        ),
    ],
)
