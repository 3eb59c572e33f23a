"""Answers, sources, steps, calls and introduction plans that wait for people."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.budget.choices import FundingStatus, PlanStatus, StageKind
from apps.budget.models import Funding, GrantProgramme, IntroductionPlan, Proposal
from apps.budget.selectors import visible_to
from apps.budget.selectors.calendar import narrowest_cases
from apps.budget.selectors.editing import AT_ITS_END
from apps.budget.selectors.grants import unchecked_calls
from apps.budget.selectors.plan_parts import missing_in
from apps.budget.selectors.plans import days_of_review
from apps.budget.selectors.plans_waiting import plans_in_hand, plans_to_review
from apps.budget.selectors.riding import MovedDay, proposals_with_moved_days
from apps.budget.selectors.steps import SOON
from apps.core.permissions import permitted
from apps.core.waiting import Task
from apps.core.wareki import format_date
from apps.organization.choices import RoleKind
from apps.organization.permissions import is_secretariat, is_staff_member, is_team_member

# So many of one kind make a day's work; the rest follows when these are done.
MOST = 100
WORKERS = (RoleKind.PROMOTER, RoleKind.MANAGER, RoleKind.MEMBER, RoleKind.SECRETARIAT, RoleKind.FINANCE)


def unanswered(user: Any) -> QuerySet[Proposal]:
    """The team's proposals about services of the own units that these have not answered."""
    rows = Proposal.objects.filter(archived_at__isnull=True, team_proposal=True, owner_stance="")
    return rows.filter(owning_unit__in=user.unit_ids).exclude(stage__kind__in=AT_ITS_END)


def unsettled(user: Any) -> QuerySet[Funding]:
    """Money of the own units' proposals that was not adopted, of which nobody has said what becomes of it."""
    rows = Funding.objects.filter(status=FundingStatus.REJECTED, settled_on__isnull=True)
    rows = rows.filter(proposal__in=visible_to(user), proposal__requesting_unit__in=user.unit_ids)
    return rows.exclude(proposal__stage__kind=StageKind.DROPPED)


def answers_asked_for(user: Any) -> Iterable[Task]:
    """The unit whose service a proposal of the team is about is asked for its answer."""
    for proposal in unanswered(user).order_by("created_at", "pk")[:MOST]:
        if permitted(user, "budget.answer_proposal", proposal):
            yield Task(
                title=_("Answer the team's proposal: %(name)s") % {"name": proposal.name},
                note=_("It is about a service of your unit."),
                url=reverse("budget:proposal-answer", args=[proposal.address]),
                action=_("Answer"),
                since=proposal.created_at.date(),
            )


def rejections_to_settle(user: Any) -> Iterable[Task]:
    """Money that was not adopted waits in the requesting unit until somebody says what was done without it."""
    for funding in unsettled(user).select_related("proposal").order_by("status_on", "pk")[:MOST]:
        if permitted(user, "budget.change_funding", funding):
            yield Task(
                title=_("Not adopted: %(name)s") % {"name": funding.name},
                note=_("%(proposal)s: agreed on for this case: %(words)s")
                % {"proposal": funding.proposal.name, "words": funding.get_if_not_adopted_display() or "－"},
                url=reverse("budget:funding-settle", args=[funding.proposal.address, funding.pk]),
                action=_("Settle"),
                since=funding.status_on,
            )


def steps_due(user: Any) -> Iterable[Task]:
    """A step whose latest day is near waits for the unit that does it; a late one, too, while the call is open."""
    if not user.holds(*WORKERS):
        return
    for proposal, plan in narrowest_cases(user, open_steps_alone=True)[:MOST]:
        over = plan.deadline.day is None or plan.deadline.day < plan.today
        for row in plan.open_rows:
            if over or row.step.unit not in user.unit_ids or row.latest is None or (row.slack or 0) > SOON:
                continue
            yield Task(
                title=_("Step of the application: %(step)s") % {"step": row.step.name},
                note=_("%(proposal)s: to be done by %(day)s.") % {"proposal": proposal, "day": format_date(row.latest)},
                due=row.latest,
                url=f"{proposal.get_absolute_url()}#backward",
                action=_("Open"),
            )
            break


def windows_to_check(user: Any) -> Iterable[Task]:
    """An assumed call that nobody has checked for a month waits for the section that answers for it."""
    if not user.holds(*WORKERS):
        return
    for grant in unchecked_calls(user)[:MOST]:
        yield Task(
            title=_("Check the days of the call: %(name)s") % {"name": grant},
            note=_("The days are assumed. Announce the real ones, or say that they were checked."),
            since=grant.checked_on,
            url=reverse("budget:grant-edit", args=[grant.address]),
            action=_("Check"),
        )


def days_moved(user: Any) -> Iterable[Task]:
    """A call whose days were announced otherwise waits for those who count on it, until they take note."""
    if not user.holds(*WORKERS):
        return
    for proposal, grant, moved in proposals_with_moved_days(user, MOST):
        yield Task(
            title=_("The days of the call differ: %(name)s") % {"name": proposal},
            note=_moved_words(grant, moved),
            since=grant.checked_on,
            url=reverse("budget:proposal-grant-days", args=[proposal.address]),
            action=_("Take note"),
        )


def _moved_words(grant: GrantProgramme, moved: list[MovedDay]) -> str:
    return f"{grant}: " + "、".join(f"{each.label} {each.words}" for each in moved)


def plans_of_the_section(user: Any) -> Iterable[Task]:
    """Drafts in which something is missing, and returned plans until they are mended, for who writes them; what is
    whole for who hands it in.
    """
    if not is_staff_member(user):
        return
    days = cache(days_of_review)
    for each in plans_in_hand(user, MOST):
        plan, missing = each.plan, missing_in(each.plan)
        is_mended = plan.mended or plan.status != PlanStatus.RETURNED
        if each.hands_in and is_mended and not missing:
            yield _ready(plan, days(plan.fiscal_year)[0])
        elif each.writes and plan.status == PlanStatus.RETURNED and (missing or not is_mended):
            yield _returned(plan)
        elif each.writes and missing:
            yield _unfinished(plan, missing, days(plan.fiscal_year)[0])


def _returned(plan: IntroductionPlan) -> Task:
    return Task(
        title=_("Mend the returned introduction plan: %(title)s") % {"title": plan.title},
        note=plan.review_words,
        since=plan.reviewed_on,
        url=reverse("budget:plan-edit", args=[plan.uid]),
        action=_("Edit"),
    )


def _unfinished(plan: IntroductionPlan, missing: list[str], due: Any) -> Task:
    return Task(
        title=_("Finish the introduction plan: %(title)s") % {"title": plan.title},
        note=_("Still missing: %(parts)s.") % {"parts": "、".join(missing)},
        due=due,
        since=plan.updated_at.date(),
        url=plan.get_absolute_url(),
        action=_("Open"),
    )


def _ready(plan: Any, due: Any) -> Task:
    return Task(
        title=_("Hand the introduction plan in: %(title)s") % {"title": plan.title},
        note=_ready_words(plan),
        due=due,
        since=plan.updated_at.date(),
        url=reverse("budget:plan-submit", args=[plan.uid]),
        action=_("Hand in for review"),
    )


def _ready_words(plan: Any) -> str:
    if plan.mended:
        return _("It was returned and has been changed since; every part that the review needs is there.")
    return _("Every part that the review needs is there.")


def plans_for_review(user: Any) -> Iterable[Task]:
    """What was handed in waits for the promotion team and the secretariat until the end of the review."""
    if not (is_team_member(user) or is_secretariat(user)):
        return
    days = cache(days_of_review)
    for plan in plans_to_review(user)[:MOST]:
        yield Task(
            title=_("Review the introduction plan: %(title)s") % {"title": plan.title},
            note=str(plan.unit),
            due=days(plan.fiscal_year)[1],
            since=plan.submitted_on,
            url=reverse("budget:plan-review", args=[plan.uid]),
            action=_("Review"),
        )
