"""The status flow of an enrolment: ENROLMENT_FLOW is the whole of it.

Whoever takes a place gets a seat, or one on the waiting list: which of the two is decided when the row of the session
is locked (`services.seats`).
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.core import clock
from apps.core.transitions import Flow, Transition
from apps.training.choices import EnrolmentState, SessionState
from apps.training.models import Enrolment, Session
from apps.training.permissions import is_personnel
from apps.training.selectors.enrolments import (
    is_not_over,
    missing_prerequisites,
    reported_without_names,
    takes_enrolments,
)

# The target of `enrol`: a seat, or a place on the waiting list.
PLACE = "place"
WITHOUT_PLACE = (EnrolmentState.INVITED, EnrolmentState.DECLINED, EnrolmentState.WITHDRAWN)
WITH_PLACE = (EnrolmentState.ENROLLED, EnrolmentState.WAITING)
RESULTS = (EnrolmentState.ABSENT, EnrolmentState.ATTENDED, EnrolmentState.COMPLETED)


def _takes_enrolments(enrolment: Enrolment, _data: dict[str, Any]) -> str | None:
    session = enrolment.session
    if not takes_enrolments(session):
        return _("This session takes no enrolments: it is not open for them, or the last day for it has passed.")
    if reported_without_names(session):
        return _("Whoever leads this session takes the enrolments elsewhere. Ask the lead unit.")
    return None


def _prerequisites_completed(enrolment: Enrolment, data: dict[str, Any]) -> str | None:
    """The personnel section may overrule it, and says why."""
    missing = missing_prerequisites(enrolment.session.course, enrolment.person)
    overruled = is_personnel(data["by"]) and (data.get("reason") or "").strip()
    if not missing or overruled:
        return None
    names = "、".join(f"「{course.name}」" for course in missing)
    return _("Before this course one has to complete: %(names)s") % {"names": names}


def _not_over(enrolment: Enrolment, _data: dict[str, Any]) -> str | None:
    return None if is_not_over(enrolment.session) else _("The session is over or called off.")


def why_no_result_yet(session: Session) -> str | None:
    """Words before the day of the session, and where it was called off; None where one can say who came."""
    if session.date <= clock.today() and session.state != SessionState.CANCELLED:
        return None
    return _("Who came can be said from the day of the session on, and not where it was called off.")


def _day_has_come(enrolment: Enrolment, _data: dict[str, Any]) -> str | None:
    return why_no_result_yet(enrolment.session)


def _result(verb: str, label: Any, target: EnrolmentState) -> Transition:
    """What the roll says of a person, whatever was said before: who comes without a place is in it as well."""
    return Transition(
        verb=verb,
        label=label,
        sources=tuple(state for state in EnrolmentState if state != target),
        target=target,
        permission="training.keep_roll",
        needs=(_day_has_come,),
    )


ENROLMENT_FLOW = Flow(
    "state",
    [
        Transition(
            verb="enrol",
            label=gettext_lazy("Enrol"),
            sources=WITHOUT_PLACE,
            target=PLACE,
            permission="training.take_place",
            needs=(_takes_enrolments, _prerequisites_completed),
        ),
        Transition(
            verb="decline",
            label=gettext_lazy("Decline the invitation"),
            sources=(EnrolmentState.INVITED,),
            target=EnrolmentState.DECLINED,
            permission="training.decline_invitation",
            needs=(_not_over,),
        ),
        Transition(
            verb="withdraw",
            label=pgettext_lazy("enrolment", "Withdraw"),
            sources=WITH_PLACE,
            target=EnrolmentState.WITHDRAWN,
            permission="training.withdraw_enrolment",
            needs=(_not_over,),
        ),
        Transition(
            verb="give_seat",
            label=gettext_lazy("Give the seat that became free"),
            sources=(EnrolmentState.WAITING,),
            target=EnrolmentState.ENROLLED,
            internal=True,
        ),
        _result("miss", gettext_lazy("Did not come"), EnrolmentState.ABSENT),
        _result("attend", gettext_lazy("Came"), EnrolmentState.ATTENDED),
        _result("complete", gettext_lazy("Completed it"), EnrolmentState.COMPLETED),
    ],
)
