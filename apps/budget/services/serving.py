"""What a proposal serves: hurdles, initiatives, courses, training plans; and the tasks whose hours it saves."""

from typing import Any

from django.db.models import Model, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.models import (
    Proposal,
    ProposalCourse,
    ProposalHurdle,
    ProposalInitiative,
    ProposalTrainingPlan,
    ProposalWorkload,
)
from apps.budget.services.amounts import lock
from apps.budget.services.writing import refuse_closed
from apps.core import money
from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.transitions import Unmet
from apps.organization.models import WorkloadEntry

LINKED = declare_event("budget.proposal.linked", gettext_lazy("Linked with what it serves"))
UNLINKED = declare_event("budget.proposal.unlinked", gettext_lazy("Link with what it serves taken away"))
HOURS = declare_event("budget.proposal.hours_counted", gettext_lazy("Hours of tasks saved changed"))

# By the name of the kind: the link, and its field that names the record.
LINKS: dict[str, tuple[type[Model], str]] = {
    "hurdle": (ProposalHurdle, "hurdle"),
    "initiative": (ProposalInitiative, "initiative"),
    "course": (ProposalCourse, "course"),
    "training_plan": (ProposalTrainingPlan, "plan"),
}


def link_proposal(*, proposal: Proposal, kind: str, record: Any, by: Any) -> None:
    """Says that it serves the record; what is linked already stays linked once."""
    require(by, "budget.edit_proposal", proposal)
    model, name = LINKS[kind]
    with act(LINKED, by=by):
        refuse_closed(lock(proposal))
        if record.archived_at:
            raise Unmet(_("“%(record)s” is archived.") % {"record": record})
        model._default_manager.get_or_create(proposal=proposal, **{name: record})


def unlink_proposal(*, proposal: Proposal, kind: str, record: Any, by: Any) -> None:
    """Takes the link away; what is gone already is gone."""
    require(by, "budget.edit_proposal", proposal)
    model, name = LINKS[kind]
    with act(UNLINKED, by=by):
        refuse_closed(lock(proposal))
        model._default_manager.filter(proposal=proposal, **{name: record}).delete()


def count_hours(*, proposal: Proposal, hours: dict[WorkloadEntry, int | None], by: Any) -> Proposal:
    """Writes how many hours of each task are saved; None or 0 takes the task out. Their sum is what it saves a year.

    No task gives back more than the workload survey (業務量調査) has measured for it.
    """
    require(by, "budget.edit_proposal", proposal)
    with act(HOURS, by=by):
        proposal = lock(proposal)
        refuse_closed(proposal)
        for entry, saved in hours.items():
            _count(proposal, entry, saved or 0)
        sums = ProposalWorkload.objects.filter(proposal=proposal).aggregate(total=Sum("hours_saved"))
        if sums["total"] is not None and sums["total"] != proposal.hours_saved:
            proposal.hours_saved = sums["total"]
            proposal.save(update_fields=["hours_saved"])
    return proposal


def _count(proposal: Proposal, entry: WorkloadEntry, saved: int) -> None:
    if saved > entry.hours:
        raise Unmet(
            _("“%(task)s” takes %(hours)s hours a year: no more can be saved.")
            % {"task": entry.task, "hours": money.number(entry.hours)}
        )
    there = ProposalWorkload.objects.filter(proposal=proposal, entry=entry).first()
    if saved and there is None:
        ProposalWorkload.objects.create(proposal=proposal, entry=entry, hours_saved=saved)
    elif there and not saved:
        there.delete()
    elif there and there.hours_saved != saved:
        there.hours_saved = saved
        there.save(update_fields=["hours_saved"])
