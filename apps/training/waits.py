"""What the training makes wait for people."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.core import clock, wareki
from apps.core.waiting import Task, TaskSource, task_sources
from apps.training.models import Session
from apps.training.permissions import is_personnel
from apps.training.selectors.enrolments import follow_up_from, follow_ups_due, invitations_open
from apps.training.selectors.evaluations import evaluations_due
from apps.training.selectors.people import leavers_with_a_seat, ready_counts

# So many of one kind make a day's work; the rest follows when these are done.
MOST = 100


def seats_of_leavers(user: Any) -> Iterable[Task]:
    """A seat of somebody who has left is not lost in silence: the personnel section gives it on."""
    if not is_personnel(user):
        return
    for enrolment in leavers_with_a_seat()[:MOST]:
        words = {"course": enrolment.session.course.name, "state": enrolment.get_state_display()}
        yield Task(
            title=_("Somebody who has left still has a seat: %(person)s") % {"person": enrolment.person},
            note=_("%(course)s (%(state)s). Withdraw it, so that the next one gets the seat.") % words,
            due=enrolment.session.date,
            url=reverse("training:person-detail", args=[enrolment.person.employee_number]),
            action=_("Open"),
        )


def ready_people(user: Any) -> Iterable[Task]:
    """Whoever has reached all that a profile asks for can be recognised."""
    if not is_personnel(user):
        return
    for profile, count in ready_counts():
        note = ngettext(
            "%(count)d person has reached all skills of this profile.",
            "%(count)d people have reached all skills of this profile.",
            count,
        )
        yield Task(
            title=_("People can be recognised: %(profile)s") % {"profile": profile},
            note=note % {"count": count},
            since=clock.today(),
            url=f"{reverse('training:people-list')}?{urlencode({'ready': profile.code})}",
            action=_("Look at them"),
        )


task_sources.add(TaskSource("training.seats_of_leavers", seats_of_leavers))
task_sources.add(TaskSource("training.ready_people", ready_people))


def invitations_to_answer(user: Any) -> Iterable[Task]:
    """Whoever is invited says yes or no."""
    for enrolment in invitations_open(user, MOST):
        session = enrolment.session
        yield Task(
            title=_("You are invited: %(session)s") % {"session": session},
            note=_("On %(day)s. Enrol or decline.") % {"day": wareki.format_date(session.date, weekday=True)},
            since=enrolment.invited_on,
            due=session.closes_on,
            url=enrolment.get_absolute_url(),
            action=_("Answer"),
        )


def follow_ups_to_answer(user: Any) -> Iterable[Task]:
    """Three months later whoever has completed a session says what came of it."""
    for enrolment in follow_ups_due(user, MOST):
        yield Task(
            title=_("Say what came of it: %(session)s") % {"session": enrolment.session},
            note=_("Three months ago you completed it. Do you use it at work?"),
            since=follow_up_from(enrolment.session),
            url=reverse("training:enrolment-follow-up", args=[enrolment.uid]),
            action=_("Answer"),
        )


task_sources.add(TaskSource("training.invitations", invitations_to_answer))
task_sources.add(TaskSource("training.follow_ups", follow_ups_to_answer))


def evaluations_to_record(user: Any) -> Iterable[Task]:
    """Three months after the last session the lead unit says what people do differently, and what came of it."""
    for row in evaluations_due(user, MOST):
        yield Task(
            title=_("Record what was measured: %(name)s") % {"name": row.measure},
            note=_("%(course)s, level %(level)s") % {"course": row.course.name, "level": row.level},
            since=follow_up_from(Session(date=row.last_held_on)),
            url=reverse("training:evaluation-record", args=[row.course.uid, row.pk]),
            action=_("Record"),
        )


task_sources.add(TaskSource("training.evaluations", evaluations_to_record))
