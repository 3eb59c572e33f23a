"""What waits for a person, and where a person begins."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.hurdles.choices import HurdleStatus
from apps.hurdles.models import Hurdle
from apps.hurdles.selectors import hurdle_list
from apps.organization.permissions import HEADQUARTERS, is_secretariat

SHOWN = 20


@dataclass(frozen=True)
class Task:
    """One thing that waits: what, why, since when, and the button that says the act."""

    title: str
    note: str
    since: Any
    url: str
    action: str


def first_page(user: Any) -> str:
    """Headquarters begins with the whole city, everybody else with the own work."""
    return reverse("dashboards:headquarters" if user.holds(*HEADQUARTERS) else "dashboards:my-work")


def tasks_of(user: Any) -> list[Task]:
    """What waits for this person, the oldest first."""
    tasks = [_returned(each) for each in _own(user).filter(status=HurdleStatus.RETURNED)]
    tasks += [_draft(each) for each in _own(user).filter(status=HurdleStatus.DRAFT, reporter=user)]
    if is_secretariat(user):
        tasks += [_received(each) for each in hurdle_list(user).filter(status=HurdleStatus.SUBMITTED)]
    return sorted(tasks, key=lambda task: str(task.since))


def _own(user: Any) -> QuerySet[Hurdle]:
    return hurdle_list(user).filter(reporting_unit__in=user.unit_ids)


def _returned(hurdle: Hurdle) -> Task:
    note = _("%(number)s came back with a question: %(question)s")
    return Task(
        title=_("Answer the question: %(title)s") % {"title": hurdle.title},
        note=note % {"number": hurdle.number, "question": hurdle.question},
        since=hurdle.updated_at,
        url=reverse("hurdles:hurdle-edit", args=[hurdle.address]),
        action=_("Answer"),
    )


def _draft(hurdle: Hurdle) -> Task:
    return Task(
        title=_("Go on writing: %(title)s") % {"title": hurdle.title},
        note=_("A draft that only your unit and the secretariat see."),
        since=hurdle.updated_at,
        url=reverse("hurdles:hurdle-edit", args=[hurdle.address]),
        action=_("Go on writing"),
    )


def _received(hurdle: Hurdle) -> Task:
    return Task(
        title=_("Take up or return: %(title)s") % {"title": hurdle.title},
        note=_("%(number)s from %(unit)s") % {"number": hurdle.number, "unit": hurdle.reporting_unit},
        since=hurdle.updated_at,
        url=hurdle.get_absolute_url(),
        action=_("Open"),
    )


def hurdles_around(user: Any) -> QuerySet[Hurdle]:
    """Visible hurdles that the person's units own, have reported, or are touched by."""
    units = user.unit_ids
    mine = Q(owning_unit__in=units) | Q(reporting_unit__in=units) | Q(affected_units__in=units)
    return hurdle_list(user).filter(mine).exclude(status=HurdleStatus.DRAFT).distinct()[:SHOWN]
