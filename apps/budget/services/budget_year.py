"""The acts of a whole year: the result is told 内示, the bill is fixed, brought before the council, and voted.

地方自治法第96条第1項第2号・第211条: the council votes the budget, which is brought before it in time for the year.
Each act is made once; who clicks again, or at the same moment, changes nothing.
"""

from collections.abc import Collection, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.budget.choices import BudgetResult, StageKind
from apps.budget.models import BudgetYear, Proposal, StageEntry
from apps.budget.selectors.stages import (
    asked_for,
    course_of,
    last_round,
    standing_amounts,
    with_course,
)
from apps.budget.selectors.year_acts import STEPS, Telling, in_the_way, next_step, to_tell
from apps.budget.services.proposal_telling import tell_of_fixing, tell_results
from apps.budget.services.stage_entries import Entered, lock_year, reach_all, stage_of_kind
from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.transitions import Unmet, WrongState

DISCLOSED = declare_event("budget.year.disclosed", gettext_lazy("Result told"))
SETTLED = {
    StageKind.FIXED: declare_event("budget.year.fixed", gettext_lazy("Budget bill fixed")),
    StageKind.BILL: declare_event("budget.year.tabled", gettext_lazy("Bill brought before the council")),
    StageKind.VOTED: declare_event("budget.year.voted", pgettext_lazy("budget", "Voted")),
}
NAMED = 5  # so many proposals are named in a refusal


def disclose_budget(*, fiscal_year: FiscalYear, by: Any, as_asked: bool = False, seen: str | None = None) -> int:
    """内示 of every proposal of the year from the request to the appraisal; gives how many were told.

    From this act on the amounts and the words are open to all who see the proposals. What was never appraised is told
    as it was asked for, which has to be said (`as_asked`). Nothing is told while a hold stands: what it waits for is
    not decided, and its words would be read with it. `seen` is the digest of what the person looked at: raises Unmet
    where something else would be told by now. What is handed in later is told by a further act, and the day of the
    first one stays.
    """
    require(by, "budget.disclose_budget")
    with act(DISCLOSED, by=by):
        year = _locked(fiscal_year)
        telling = to_tell(fiscal_year)
        if year.disclosed_on and not telling.rows:
            return 0
        if refusal := why_nothing_is_told(telling, year):
            raise Unmet(refusal)
        if seen is not None and seen != telling.digest:
            raise Unmet(_("What would be told changed after this page was opened. Nothing was told: look at it again."))
        if telling.unappraised and not as_asked:
            names = named_in_a_line([str(each) for each in telling.unappraised])
            raise Unmet(_("Not appraised yet: %(names)s. Say that they are told as asked for.") % {"names": names})
        entered = [Entered(row.proposal, row.told_k) for row in telling.rows]
        reach_all(entered, stage_of_kind(StageKind.NOTICE), by=by)
        if year.disclosed_on is None:
            year.disclosed_on = clock.today()
            year.save(update_fields=["disclosed_on"])
        tell_results([(row.proposal, row.asked_k, row.told_k) for row in telling.rows], event=DISCLOSED, by=by)
    return len(telling.rows)


def why_nothing_is_told(telling: Telling, year: BudgetYear) -> str:
    """In words why the result of the year cannot be told now; empty where it can."""
    if telling.held:
        names = named_in_a_line([str(each) for each in telling.held])
        return _("On hold: %(names)s. Take the holds back first.") % {"names": names}
    if telling.rows:
        return ""
    if year.disclosed_on:
        return _("The result of %(year)s was told; no further request waits for it.") % {"year": year.fiscal_year}
    return _("No request of %(year)s was handed in: there is nothing to tell.") % {"year": year.fiscal_year}


def settle_budget(*, fiscal_year: FiscalYear, step: str, by: Any, postponed: Collection[Proposal] = ()) -> int:
    """予算案確定, 議案提出 or 議決 of all proposals of the year; gives how many it moved.

    Fixing says what became of each request: FULL, REDUCED or NONE by the last amounts, POSTPONED where the finance
    section says so, with which nothing of it stands in this year's budget.
    """
    require(by, "budget.settle_budget")
    with act(SETTLED[StageKind(step)], by=by):
        year = _locked(fiscal_year)
        if not _is_next(fiscal_year, step):
            return 0
        if year.disclosed_on is None:
            raise WrongState(_("The result of %(year)s has not been told yet.") % {"year": fiscal_year})
        waiting = [str(each) for each in in_the_way(fiscal_year)[: NAMED + 1]]
        if step == StageKind.FIXED and waiting:
            names = named_in_a_line(waiting)
            raise Unmet(_("Still under way: %(names)s. Bring them to an end first.") % {"names": names})
        late = {each.pk for each in postponed}
        proposals = _move_all(fiscal_year, STEPS[step], step, by=by, nothing_for=late)
        if step == StageKind.FIXED:
            _say_results(proposals, late, by=by)
    return len(proposals)


def _is_next(fiscal_year: FiscalYear, step: str) -> bool:
    """False where the step was taken already; WrongState where another one comes before it."""
    coming, steps = next_step(fiscal_year), list(STEPS)
    if coming == step:
        return True
    if coming is not None and steps.index(coming) < steps.index(StageKind(step)):
        raise WrongState(_("Before that comes: %(step)s.") % {"step": StageKind(coming).label})
    if coming is None and not _passed(fiscal_year, step):
        raise WrongState(_("No proposal of %(year)s is ready for this.") % {"year": fiscal_year})
    return False


def _passed(fiscal_year: FiscalYear, step: str) -> bool:
    entries = StageEntry.objects.filter(proposal__fiscal_year=fiscal_year, stage__kind=step)
    return entries.exists()


def _locked(fiscal_year: FiscalYear) -> BudgetYear:
    """The row of the year and those of its proposals; who comes second waits here and finds what the first one did.

    What is still under way is asked for afterwards: else a proposal could move between the question and the act.
    """
    BudgetYear.objects.get_or_create(fiscal_year=fiscal_year)
    year = BudgetYear.objects.select_for_update().get(fiscal_year=fiscal_year)
    lock_year(fiscal_year)
    return year


def named_in_a_line(names: Sequence[str]) -> str:
    """The first of them, and that there are more."""
    shown = "、".join(names[:NAMED])
    return _("%(names)s and others") % {"names": shown} if len(names) > NAMED else shown


def _move_all(
    fiscal_year: FiscalYear, sources: Sequence[str], target: str, *, by: Any, nothing_for: Collection[int] = ()
) -> list[Proposal]:
    """Moves all of them, which are locked, with an entry each; queries do not grow with their number."""
    rows = Proposal.objects.filter(archived_at__isnull=True, fiscal_year=fiscal_year, stage__kind__in=sources)
    proposals = list(with_course(rows.select_related("requesting_unit")).order_by("pk"))
    reach_all([_entered(each, each.pk in nothing_for) for each in proposals], stage_of_kind(target), by=by)
    return proposals


def _entered(proposal: Proposal, is_postponed: bool) -> Entered:
    if is_postponed:
        return Entered(proposal, 0, dict.fromkeys(standing_amounts(proposal), 0))
    return Entered(proposal, _standing_k(proposal))


def _standing_k(proposal: Proposal) -> int:
    course = last_round(course_of(proposal))
    return course[-1].total_k if course else sum(asked_for(proposal).values())


def _say_results(proposals: Sequence[Proposal], late: Collection[int], *, by: Any) -> None:
    told = []
    for each in proposals:
        amount_k = 0 if each.pk in late else _standing_k(each)
        told.append((each, BudgetResult.POSTPONED if each.pk in late else _result(each, amount_k), amount_k))
    for result in BudgetResult:
        keys = [each.pk for each, its, _amount in told if its == result]
        Proposal.objects.filter(pk__in=keys).update(result=result)
    tell_of_fixing(told, event=SETTLED[StageKind.FIXED], by=by)


def _result(proposal: Proposal, amount_k: int) -> BudgetResult:
    """廃止 asks for nothing and is given it in full."""
    if amount_k >= sum(asked_for(proposal).values()):
        return BudgetResult.FULL
    return BudgetResult.REDUCED if amount_k else BudgetResult.NONE
