"""What the registry makes wait for people."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.core import clock, wareki
from apps.core.waiting import Task, TaskSource, task_sources
from apps.hurdles.choices import HurdleStatus
from apps.hurdles.models import Hurdle, TargetMove
from apps.hurdles.permissions import ANSWERING
from apps.hurdles.selectors import (
    hurdle_list,
    late_hurdles,
    moves_to_decide,
    next_actions_of,
    open_questions,
    resolutions_to_ask,
    resolutions_to_confirm,
    unasked_hurdles,
)
from apps.hurdles.services.flow import RESOLVABLE
from apps.organization.permissions import is_secretariat

# So many of one kind make a day's work; the rest follows when these are done.
MOST = 100


def _own(user: Any) -> QuerySet[Hurdle]:
    return hurdle_list(user).filter(reporting_unit__in=user.unit_ids)


def returned_hurdles(user: Any) -> Iterable[Task]:
    """The question of the secretariat waits for the unit that has reported."""
    for hurdle in _own(user).filter(status=HurdleStatus.RETURNED).order_by("updated_at")[:MOST]:
        note = _("%(number)s came back with a question: %(question)s")
        yield Task(
            title=_("Answer the question: %(title)s") % {"title": hurdle.title},
            note=note % {"number": hurdle.number, "question": hurdle.question},
            since=hurdle.updated_at,
            url=reverse("hurdles:hurdle-edit", args=[hurdle.address]),
            action=_("Give an answer"),
        )


def own_drafts(user: Any) -> Iterable[Task]:
    """A draft waits for the person who began it."""
    for hurdle in _own(user).filter(status=HurdleStatus.DRAFT, reporter=user.pk).order_by("updated_at")[:MOST]:
        yield Task(
            title=_("Go on writing: %(title)s") % {"title": hurdle.title},
            note=_("A draft that only your unit and the secretariat see."),
            since=hurdle.updated_at,
            url=reverse("hurdles:hurdle-edit", args=[hurdle.address]),
            action=_("Go on writing"),
        )


def received_hurdles(user: Any) -> Iterable[Task]:
    """What has come in waits for the secretariat."""
    if not is_secretariat(user):
        return
    for hurdle in hurdle_list(user).filter(status=HurdleStatus.SUBMITTED).order_by("updated_at")[:MOST]:
        yield Task(
            title=_("Take up or return: %(title)s") % {"title": hurdle.title},
            note=_("%(number)s from %(unit)s") % {"number": hurdle.number, "unit": hurdle.reporting_unit},
            since=hurdle.updated_at,
            url=hurdle.get_absolute_url(),
            action=_("Open"),
        )


def views_to_answer(user: Any) -> Iterable[Task]:
    """The question about a hurdle waits for those who speak for the owning unit."""
    if not user.holds(*ANSWERING):
        return
    for view in open_questions(user).filter(unit__in=user.unit_ids).order_by("due_on", "pk")[:MOST]:
        yield Task(
            title=_("Give your view: %(title)s") % {"title": view.hurdle.title},
            note=_("%(number)s from %(unit)s") % {"number": view.hurdle.number, "unit": view.hurdle.reporting_unit},
            since=view.asked_on,
            due=view.due_on,
            url=reverse("hurdles:owner-view-answer", args=[view.hurdle.address]),
            action=_("Give your view"),
        )


def owners_to_ask(user: Any) -> Iterable[Task]:
    """Whoever logs a hurdle was promised that the owning unit is asked; that waits for the secretariat."""
    if not is_secretariat(user):
        return
    for hurdle in unasked_hurdles(user).order_by("reported_on", "pk")[:MOST]:
        yield Task(
            title=_("Ask the owning unit for its view: %(title)s") % {"title": hurdle.title},
            note=_("%(number)s from %(unit)s") % {"number": hurdle.number, "unit": hurdle.reporting_unit},
            since=hurdle.status_since or hurdle.reported_on,
            url=reverse("hurdles:owner-view-ask", args=[hurdle.address]),
            action=_("Ask for the view"),
        )


def silent_owners(user: Any) -> Iterable[Task]:
    """Where an owning unit let its date pass, the secretariat goes on or asks again."""
    if not is_secretariat(user):
        return
    for view in open_questions(user).filter(due_on__lt=clock.today()).order_by("due_on", "pk")[:MOST]:
        yield Task(
            title=_("No answer: %(title)s") % {"title": view.hurdle.title},
            note=_("%(unit)s has not answered. %(number)s goes on without it, or ask again.")
            % {"unit": view.unit, "number": view.hurdle.number},
            since=view.asked_on,
            due=view.due_on,
            url=reverse("hurdles:owner-view-ask", args=[view.hurdle.address]),
            action=_("Ask again"),
        )


def moves_waiting(user: Any) -> Iterable[Task]:
    """A later date on a severe hurdle waits for the secretariat."""
    for move in moves_to_decide(user)[:MOST]:
        hurdle = move.hurdle
        note = _("%(number)s from %(old)s to %(new)s: %(reason)s")
        yield Task(
            title=_("Decide on the later date: %(title)s") % {"title": hurdle.title},
            note=note % {"number": hurdle.number, "reason": move.reason, **_dates(move)},
            since=move.asked_on,
            url=reverse("hurdles:hurdle-decide-move", args=[hurdle.address]),
            action=_("Decide"),
        )


def _dates(move: TargetMove) -> dict[str, str]:
    return {"old": wareki.format_date(move.old_date or move.new_date), "new": wareki.format_date(move.new_date)}


def resolutions_waiting(user: Any) -> Iterable[Task]:
    """That a hurdle is resolved waits for a second person."""
    for resolution in resolutions_to_confirm(user, RESOLVABLE)[:MOST]:
        hurdle = resolution.hurdle
        yield Task(
            title=_("Confirm that it is resolved: %(title)s") % {"title": hurdle.title},
            note=_("%(number)s: %(evidence)s") % {"number": hurdle.number, "evidence": resolution.evidence},
            since=resolution.proposed_on,
            url=reverse("hurdles:hurdle-resolve", args=[hurdle.address]),
            action=_("Look at it"),
        )


def lasting_asked(user: Any) -> Iterable[Task]:
    """A year after the resolution the owning unit is asked whether it has lasted."""
    for resolution in resolutions_to_ask(user)[:MOST]:
        hurdle = resolution.hurdle
        yield Task(
            title=_("Has the resolution lasted? %(title)s") % {"title": hurdle.title},
            note=_("%(number)s was resolved a year ago.") % {"number": hurdle.number},
            since=resolution.ask_again_on,
            url=reverse("hurdles:hurdle-answer-lasting", args=[hurdle.address]),
            action=_("Give an answer"),
        )


def next_actions(user: Any) -> Iterable[Task]:
    """The next action waits for whoever holds its post today."""
    for hurdle in next_actions_of(user)[:MOST]:
        yield Task(
            title=_("Next action: %(action)s") % {"action": hurdle.next_action},
            note=_("%(number)s %(title)s") % {"number": hurdle.number, "title": hurdle.title},
            since=hurdle.updated_at,
            due=hurdle.next_action_on,
            url=hurdle.get_absolute_url(),
            action=_("Open"),
        )


def promises_past(user: Any) -> Iterable[Task]:
    """A promised date that has passed waits for the owning unit: a word on the progress, or another date."""
    for hurdle in late_hurdles(user)[:MOST]:
        yield Task(
            title=_("The date has passed: %(title)s") % {"title": hurdle.title},
            note=_("Write the progress of %(number)s or change the date.") % {"number": hurdle.number},
            due=hurdle.target_date,
            url=hurdle.get_absolute_url(),
            action=_("Open"),
        )


task_sources.add(TaskSource("hurdles.returned", returned_hurdles))
task_sources.add(TaskSource("hurdles.drafts", own_drafts))
task_sources.add(TaskSource("hurdles.received", received_hurdles))
task_sources.add(TaskSource("hurdles.views", views_to_answer))
task_sources.add(TaskSource("hurdles.unasked", owners_to_ask))
task_sources.add(TaskSource("hurdles.silent", silent_owners))
task_sources.add(TaskSource("hurdles.moves", moves_waiting))
task_sources.add(TaskSource("hurdles.resolutions", resolutions_waiting))
task_sources.add(TaskSource("hurdles.lasting", lasting_asked))
task_sources.add(TaskSource("hurdles.next_actions", next_actions))
task_sources.add(TaskSource("hurdles.promises", promises_past))
