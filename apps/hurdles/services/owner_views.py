"""The owning section's view 所管課の見解: asked with a date, answered with a reason, told to who has reported.

Silence blocks nothing: on the day after the date all staff see the hurdle (models/opening.py).
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock, wareki
from apps.core.history import act, declare_event
from apps.core.notices import tell_watchers
from apps.core.permissions import require
from apps.core.registry import Event
from apps.core.services import save_version
from apps.core.transitions import Unmet, WrongState
from apps.core.workdays import after_workdays
from apps.hurdles.choices import OwnerAnswer
from apps.hurdles.models import Hurdle, OwnerView
from apps.hurdles.permissions import ANSWERING
from apps.hurdles.selectors import cannot_ask
from apps.hurdles.selectors.questions import why_not_asked
from apps.organization.choices import RoleKind
from apps.organization.models import Unit
from apps.organization.selectors import holders, people_of

ASKED = declare_event("hurdles.owner_view.asked", gettext_lazy("Owning unit asked for its view"))
ANSWERED = declare_event("hurdles.owner_view.answered", gettext_lazy("View of the owning unit"))
WORKDAYS_TO_ANSWER = 10


def usual_due_date() -> date:
    """When an answer is due, if nothing else is said."""
    return after_workdays(clock.today(), WORKDAYS_TO_ANSWER)


def ask_owner_view(*, hurdle: Hurdle, unit: Unit, by: Any, due_on: date | None = None, reason: str = "") -> OwnerView:
    """Asks `unit`, which thereby is the owning unit; from now on it sees the hurdle."""
    require(by, "hurdles.ask_owner_view", hurdle)
    today = clock.today()
    due_on = due_on or usual_due_date()
    with act(ASKED, by=by, reason=reason):
        # Locked, so that of two clicks at once the second one finds the question of the first.
        present = Hurdle.objects.select_for_update().get(pk=hurdle.pk)
        if message := cannot_ask(present, unit):
            raise Unmet(message)
        if due_on < today:
            raise Unmet(_("The date by which an answer is asked for lies before today."))
        if present.owning_unit_id != unit.pk:
            save_version(hurdle, version=present.version, changes={"owning_unit": unit})
        view = OwnerView.objects.create(hurdle=hurdle, unit=unit, asked_on=today, due_on=due_on)
        _tell_asked(view, by)
    return view


def question_of(hurdle: Hurdle) -> OwnerView | None:
    """The last question to the present owning unit, out of rows that may have been fetched with the hurdle."""
    today = clock.today()
    rows = [row for row in hurdle.owner_views.all() if row.unit_id == hurdle.owning_unit_id and row.asked_on <= today]
    return max(rows, key=lambda row: (row.asked_on, row.pk), default=None)


def ask_refusal(hurdle: Hurdle, due_on: date) -> str:
    """Why the owning unit is not asked about this hurdle now, to answer by that day; empty where it can be."""
    if hurdle.owning_unit is None:
        return _("It has no owning unit yet that could be asked.")
    if due_on < clock.today():
        return _("The date by which an answer is asked for lies before today.")
    return why_not_asked(hurdle, hurdle.owning_unit, question_of(hurdle)) or ""


def ask_owners(*, hurdles: Sequence[Hurdle], due_on: date, event: Event, by: Any) -> None:
    """Asks the owning unit of each, within an act that has looked at `ask_refusal` and locked the hurdles."""
    views = [
        OwnerView(hurdle=hurdle, unit=hurdle.owning_unit, asked_on=clock.today(), due_on=due_on) for hurdle in hurdles
    ]
    for view in OwnerView.objects.bulk_create(views):
        _tell_asked(view, by, event)


def _tell_asked(view: OwnerView, by: Any, event: Event = ASKED) -> None:
    words = {"unit": view.unit, "number": view.hurdle.number, "title": view.hurdle.title}
    words["due"] = wareki.format_date(view.due_on)
    text = _("%(unit)s is asked for its view of %(number)s “%(title)s” by %(due)s.") % words
    tell_watchers(view.hurdle, event=event, text=text, by=by, also=people_of(view.unit, *ANSWERING))


def answer_owner_view(*, view: OwnerView, answer: str, reason: str, by: Any) -> OwnerView:
    """The owning section answers, or the secretariat on its behalf. A late answer is an answer."""
    require(by, "hurdles.answer_owner_view", view)
    if answer not in OwnerAnswer.values:
        raise Unmet(_("Choose what your section says."))
    if answer != OwnerAnswer.POSSIBLE and not reason.strip():
        raise Unmet(_("“With conditions” and “Difficult” need a reason."))
    with act(ANSWERED, by=by, reason=reason):
        row = OwnerView.objects.select_for_update().get(pk=view.pk)
        if row.answer:
            raise WrongState(_("This question has been answered already. Ask again where the view has changed."))
        view.answer, view.reason, view.answered_on = answer, reason, clock.today()
        view.save(update_fields=["answer", "reason", "answered_on"])
        _tell_answered(view, by)
    return view


def _tell_answered(view: OwnerView, by: Any) -> None:
    """The reporter always gets an answer; the secretariat that asked, who watches and the section's posts hear it."""
    hurdle = view.hurdle
    words = {"unit": view.unit, "number": hurdle.number, "title": hurdle.title, "answer": view.get_answer_display()}
    text = _("%(unit)s has answered to %(number)s “%(title)s”: %(answer)s.") % words
    reporter = [hurdle.reporter] if hurdle.reporter else []
    also = [*reporter, *people_of(hurdle.reporting_unit), *holders(RoleKind.SECRETARIAT)]
    tell_watchers(hurdle, event=ANSWERED, text=text, by=by, also=also)
