"""What the roadmap makes wait for people."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.core.waiting import Task, TaskSource, task_sources
from apps.roadmap.models import Initiative
from apps.roadmap.selectors import STALLED_DAYS, is_overdue, is_stalled, last_day_of, next_milestone
from apps.roadmap.selectors.posts import in_want_of_a_word

# So many of one kind make a day's work; the rest follows when these are done.
MOST = 100


def initiatives_in_want(user: Any) -> Iterable[Task]:
    """Whoever holds the post of an initiative is told that its end or a milestone has passed, or that it is silent."""
    for initiative in in_want_of_a_word(user)[:MOST]:
        if initiative.is_late:
            yield _end_passed(initiative)
        elif task := _milestone_passed(initiative):
            yield task
        elif is_stalled(initiative):
            yield _silent(initiative)


def _end_passed(initiative: Initiative) -> Task:
    return Task(
        title=_("The end has passed: %(title)s") % {"title": initiative.title},
        note=_("Say that %(number)s is achieved, or move its dates.") % {"number": initiative.number},
        due=initiative.ends_on,
        url=initiative.get_absolute_url(),
        action=_("Open"),
    )


def _milestone_passed(initiative: Initiative) -> Task | None:
    milestone = next_milestone(initiative)
    if milestone is None or not is_overdue(milestone):
        return None
    return Task(
        title=_("A milestone is overdue: %(text)s") % {"text": milestone.text},
        note=_("%(number)s %(title)s") % {"number": initiative.number, "title": initiative.title},
        due=last_day_of(milestone),
        url=initiative.get_absolute_url(),
        action=_("Open"),
    )


def _silent(initiative: Initiative) -> Task:
    words = {"number": initiative.number, "days": STALLED_DAYS}
    return Task(
        title=_("No news for long: %(title)s") % {"title": initiative.title},
        note=_("Nothing was heard of %(number)s for %(days)d days.") % words,
        since=initiative.progressed_on or initiative.status_since or initiative.starts_on,
        url=reverse("roadmap:initiative-update", args=[initiative.address]),
        action=_("Write what has moved"),
    )


task_sources.add(TaskSource("roadmap.initiatives", initiatives_in_want))
