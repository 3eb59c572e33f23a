"""The status flow of a hurdle. This table is the whole of it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.history import act, declare_event
from apps.core.models.number import next_number
from apps.core.services import save_version
from apps.core.transitions import Flow, Transition
from apps.hurdles.choices import HurdleStatus
from apps.hurdles.models import Hurdle


def _needs_title_and_obstacle(hurdle: Hurdle, _data: dict[str, Any]) -> str | None:
    return None if hurdle.title and hurdle.obstacle else _("A hurdle needs a title and what is in the way.")


def _needs_question(_hurdle: Hurdle, data: dict[str, Any]) -> str | None:
    return None if data.get("question", "").strip() else _("Say what you ask of the section.")


FLOW = Flow(
    "status",
    [
        Transition(
            verb="submit",
            label=gettext_lazy("Submit"),
            sources=(HurdleStatus.DRAFT, HurdleStatus.RETURNED),
            target=HurdleStatus.SUBMITTED,
            permission="hurdles.submit_hurdle",
            needs=(_needs_title_and_obstacle,),
        ),
        Transition(
            verb="organize",
            label=gettext_lazy("Take up"),
            sources=(HurdleStatus.SUBMITTED,),
            target=HurdleStatus.ORGANIZING,
            permission="hurdles.organize_hurdle",
        ),
        Transition(
            verb="return",
            label=gettext_lazy("Return with a question"),
            sources=(HurdleStatus.SUBMITTED, HurdleStatus.ORGANIZING),
            target=HurdleStatus.RETURNED,
            permission="hurdles.return_hurdle",
            needs=(_needs_question,),
        ),
    ],
)

SUBMITTED = declare_event("hurdles.hurdle.submitted", gettext_lazy("Submitted"))
ORGANIZED = declare_event("hurdles.hurdle.organized", gettext_lazy("Taken up"))
RETURNED = declare_event("hurdles.hurdle.returned", gettext_lazy("Returned with a question"))


def submit_hurdle(*, hurdle: Hurdle, by: Any) -> Hurdle:
    """A draft gets its number and its day; a returned one comes back under the number it has."""
    row = FLOW.check("submit", hurdle, by=by)
    with act(SUBMITTED, by=by):
        changes: dict[str, Any] = {"status": row.target}
        if not hurdle.number:
            changes |= _first_submission(hurdle)
        save_version(hurdle, version=hurdle.version, changes=changes)
    return hurdle


def _first_submission(hurdle: Hurdle) -> dict[str, Any]:
    day = clock.today()
    number = next_number("H", FiscalYear.of(day))
    hurdle.number = number
    return {"number": number, "reported_on": day, "search_key": hurdle.make_search_key()}


def organize_hurdle(*, hurdle: Hurdle, by: Any) -> Hurdle:
    """The secretariat takes the hurdle up and completes it with the section."""
    row = FLOW.check("organize", hurdle, by=by)
    with act(ORGANIZED, by=by):
        save_version(hurdle, version=hurdle.version, changes={"status": row.target})
    return hurdle


def return_hurdle(*, hurdle: Hurdle, question: str, by: Any) -> Hurdle:
    """Back to the section with a question, which stands on the hurdle's page until it is submitted again."""
    row = FLOW.check("return", hurdle, by=by, data={"question": question})
    with act(RETURNED, by=by, reason=question):
        save_version(hurdle, version=hurdle.version, changes={"status": row.target, "question": question})
    return hurdle
