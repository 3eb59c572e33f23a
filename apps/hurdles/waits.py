"""What the registry makes wait for people."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.waiting import Task, TaskSource, task_sources
from apps.hurdles.choices import HurdleStatus
from apps.hurdles.models import Hurdle
from apps.hurdles.permissions import ANSWERING
from apps.hurdles.selectors import hurdle_list, open_questions
from apps.organization.permissions import is_secretariat


def _own(user: Any) -> QuerySet[Hurdle]:
    return hurdle_list(user).filter(reporting_unit__in=user.unit_ids)


def returned_hurdles(user: Any) -> Iterable[Task]:
    """The question of the secretariat waits for the unit that has reported."""
    for hurdle in _own(user).filter(status=HurdleStatus.RETURNED):
        note = _("%(number)s came back with a question: %(question)s")
        yield Task(
            title=_("Answer the question: %(title)s") % {"title": hurdle.title},
            note=note % {"number": hurdle.number, "question": hurdle.question},
            since=hurdle.updated_at,
            url=reverse("hurdles:hurdle-edit", args=[hurdle.address]),
            action=_("Answer"),
        )


def own_drafts(user: Any) -> Iterable[Task]:
    """A draft waits for the person who began it."""
    for hurdle in _own(user).filter(status=HurdleStatus.DRAFT, reporter=user.pk):
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
    for hurdle in hurdle_list(user).filter(status=HurdleStatus.SUBMITTED):
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
    for view in open_questions(user).filter(unit__in=user.unit_ids):
        yield Task(
            title=_("Give your view: %(title)s") % {"title": view.hurdle.title},
            note=_("%(number)s from %(unit)s") % {"number": view.hurdle.number, "unit": view.hurdle.reporting_unit},
            since=view.asked_on,
            due=view.due_on,
            url=reverse("hurdles:owner-view-answer", args=[view.hurdle.address]),
            action=_("Give your view"),
        )


def silent_owners(user: Any) -> Iterable[Task]:
    """Where an owning unit let its date pass, the secretariat goes on or asks again."""
    if not is_secretariat(user):
        return
    for view in open_questions(user).filter(due_on__lt=clock.today()):
        yield Task(
            title=_("No answer: %(title)s") % {"title": view.hurdle.title},
            note=_("%(unit)s has not answered. %(number)s goes on without it, or ask again.")
            % {"unit": view.unit, "number": view.hurdle.number},
            since=view.asked_on,
            due=view.due_on,
            url=reverse("hurdles:owner-view-ask", args=[view.hurdle.address]),
            action=_("Ask again"),
        )


task_sources.add(TaskSource("hurdles.returned", returned_hurdles))
task_sources.add(TaskSource("hurdles.drafts", own_drafts))
task_sources.add(TaskSource("hurdles.received", received_hurdles))
task_sources.add(TaskSource("hurdles.views", views_to_answer))
task_sources.add(TaskSource("hurdles.silent", silent_owners))
