"""What the registry makes wait for people."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.core.waiting import Task, TaskSource, task_sources
from apps.hurdles.choices import HurdleStatus
from apps.hurdles.models import Hurdle
from apps.hurdles.selectors import hurdle_list
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


task_sources.add(TaskSource("hurdles.returned", returned_hurdles))
task_sources.add(TaskSource("hurdles.drafts", own_drafts))
task_sources.add(TaskSource("hurdles.received", received_hurdles))
