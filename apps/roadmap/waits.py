"""What the roadmap makes wait for people."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.core.waiting import Task, TaskSource, task_sources
from apps.organization.permissions import is_secretariat, is_team_member
from apps.roadmap.models import Initiative, Policy
from apps.roadmap.permissions import SPEAKERS, units_spoken_for
from apps.roadmap.selectors import (
    STALLED_DAYS,
    Deciding,
    adoptions_waiting,
    deciding_by_policy,
    is_overdue,
    is_stalled,
    last_day_of,
    late_policies,
    next_milestone,
    policies_to_bring_into_force,
    policies_to_decide,
    policies_visible_to,
)
from apps.roadmap.selectors.indicators import actuals_to_record
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


def policies_deciding(user: Any) -> Iterable[Task]:
    """What is under consideration waits for the secretariat, which brings about the decision and records it."""
    if not is_secretariat(user):
        return
    policies = list(policies_to_decide(user)[:MOST])
    known = deciding_by_policy(policies)
    for policy in policies:
        yield _to_decide(policy, known[policy.pk])


def _to_decide(policy: Policy, known: Deciding) -> Task:
    if known.bodies:
        return Task(
            title=_("Have it decided: %(title)s") % {"title": policy.title},
            note=_("%(number)s: enough is %(bodies)s.") % {"number": policy.number, "bodies": known.body_names},
            since=policy.status_since,
            url=policy.get_absolute_url(),
            action=_("Open"),
        )
    return Task(
        title=_("Say what it changes: %(title)s") % {"title": policy.title},
        note=_("As long as that is open, nobody knows who may decide %(number)s.") % {"number": policy.number},
        since=policy.status_since,
        url=reverse("roadmap:policy-edit", args=[policy.address]),
        action=_("Edit"),
    )


def policies_coming_into_force(user: Any) -> Iterable[Task]:
    """A decided policy whose day has come waits for the secretariat."""
    if not is_secretariat(user):
        return
    for policy in policies_to_bring_into_force(user)[:MOST]:
        yield Task(
            title=_("Bring into force: %(title)s") % {"title": policy.title},
            note=_("%(number)s is decided, and its day has come.") % {"number": policy.number},
            since=policy.status_since,
            due=policy.in_force_on or policy.target_date,
            url=reverse("roadmap:policy-bring-into-force", args=[policy.address]),
            action=_("Bring into force"),
        )


def policies_to_adopt(user: Any) -> Iterable[Task]:
    """What binds a unit waits for its promoter and its manager until the unit has adopted it."""
    if not user.holds(*SPEAKERS):
        return
    for link in adoptions_waiting(user, units_spoken_for(user))[:MOST]:
        policy = link.policy
        note = _("%(number)s binds %(unit)s. Say since when, and what the unit does.")
        yield Task(
            title=_("Adopt it in your unit: %(title)s") % {"title": policy.title},
            note=note % {"number": policy.number, "unit": link.unit},
            since=policy.in_force_on or policy.status_since,
            url=f"{reverse('roadmap:policy-adopt', args=[policy.address])}?unit={link.unit.code}",
            action=_("Say that it is adopted"),
        )


def policies_late(user: Any) -> Iterable[Task]:
    """A target date that has passed waits for those who write policies."""
    if not (is_secretariat(user) or is_team_member(user)):
        return
    for policy in late_policies(policies_visible_to(user)).order_by("target_date", "number", "pk")[:MOST]:
        yield Task(
            title=_("The date has passed: %(title)s") % {"title": policy.title},
            note=_("%(number)s is neither achieved nor withdrawn.") % {"number": policy.number or _("The draft")},
            due=policy.target_date,
            url=policy.get_absolute_url(),
            action=_("Open"),
        )


task_sources.add(TaskSource("roadmap.policies_deciding", policies_deciding))
task_sources.add(TaskSource("roadmap.policies_coming_into_force", policies_coming_into_force))
task_sources.add(TaskSource("roadmap.policies_to_adopt", policies_to_adopt))
task_sources.add(TaskSource("roadmap.policies_late", policies_late))


def actuals_missing(user: Any) -> Iterable[Task]:
    """A year has ended and was not measured: that waits for the lead unit's post, of a vision for the secretariat."""
    for value in actuals_to_record(user)[:MOST]:
        indicator = value.indicator
        owner, kind = indicator.owner, "vision" if indicator.vision_id else "initiative"
        note = _("%(number)s %(title)s: the target of %(year)s has no actual yet.")
        yield Task(
            title=_("Record what was measured: %(name)s") % {"name": indicator.name},
            note=note % {"number": owner.number or "", "title": owner, "year": value.fiscal_year},
            since=value.fiscal_year.end,
            url=reverse(f"roadmap:{kind}-actual-record", args=[owner.address, indicator.pk]),
            action=_("Record"),
        )


task_sources.add(TaskSource("roadmap.actuals", actuals_missing))
