"""What becomes of the year's request if every grant comes, if none comes, and if a single one does not."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from apps.budget.choices import FundingStatus, IfNotAdopted, Source
from apps.budget.models import Funding, Proposal
from apps.budget.selectors.own_share import UNDECIDED, with_later_years
from apps.budget.selectors.proposals import with_amounts
from apps.budget.selectors.refusals import UNSAID, Outcome, may_be_refused, outcome_of
from apps.budget.selectors.requests import in_book_order, proposals_of_year
from apps.core.fiscal import FiscalYear

AMOUNTS = ("request_k", *(f"{source.value}_k" for source in Source))


@dataclass
class Case:
    """One grant that is not decided yet, with all sources that hang on it."""

    name: str
    url: str = ""
    closes_on: date | None = None
    amount_k: int = 0
    fundings: set[int] = field(default_factory=set)
    proposals: list["Line"] = field(default_factory=list)


@dataclass(frozen=True)
class Scenario:
    """One row: what the year comes to, and by how much general revenue differs from the first row."""

    name: str
    outcome: Outcome
    difference_k: int
    url: str = ""
    closes_on: date | None = None
    refused_k: int = 0


@dataclass(frozen=True)
class Line:
    """One proposal that hangs on grants, or hung on one that was not adopted."""

    proposal: Any
    fundings: list[Any]

    @property
    def pending(self) -> list[Any]:
        return [each for each in self.fundings if may_be_refused(each)]

    @property
    def said(self) -> list[Any]:
        """The sources of which it matters what was said for the case that they do not come."""
        return [each for each in self.fundings if may_be_refused(each) or each.status == FundingStatus.REJECTED]

    def outcome(self, refused: set[int] | frozenset[int] = frozenset()) -> Outcome:
        proposal = self.proposal
        return outcome_of(proposal.request_k, self.fundings, refused, future_k=proposal.later_own_k)

    @cached_property
    def every(self) -> Outcome:
        """Where every grant comes."""
        return self.outcome()

    @cached_property
    def none(self) -> Outcome:
        """Where none comes."""
        return self.outcome({each.pk for each in self.pending})

    @property
    def stands(self) -> Outcome:
        """As it stands in the request today."""
        amounts = {name: getattr(self.proposal, name) for name in AMOUNTS}
        return Outcome(**amounts, future_k=self.proposal.later_own_k)


@dataclass(frozen=True)
class YearScenarios:
    """The year's request in every case; `rest` is what hangs on no grant and is the same in all of them."""

    fiscal_year: FiscalYear
    lines: list[Line]
    rest: Outcome
    rest_count: int
    scenarios: list[Scenario]
    rejected: list[Line]

    @property
    def every(self) -> Outcome:
        return _sum([line.every for line in self.lines], self.rest)

    @property
    def none(self) -> Outcome:
        return _sum([line.none for line in self.lines], self.rest)

    @property
    def count(self) -> int:
        return self.rest_count + len(self.lines)


def year_scenarios(fiscal_year: FiscalYear, user: Any) -> YearScenarios:
    """All cases of the proposals that `user` sees, in a constant number of queries."""
    proposals = with_later_years(with_amounts(proposals_of_year(fiscal_year, user)))
    lines = [Line(each, list(each.fundings.all())) for each in _hanging(proposals)]
    rest, count = _rest(proposals.exclude(_hangs()))
    return YearScenarios(
        fiscal_year=fiscal_year,
        lines=lines,
        rest=rest,
        rest_count=count,
        scenarios=_scenarios(lines, rest),
        rejected=[line for line in lines if line.every != line.stands],
    )


def _hangs() -> Q:
    """A proposal of whose sources one is not decided, or was not adopted."""
    fundings = Funding.objects.filter(UNDECIDED | Q(status=FundingStatus.REJECTED), proposal=OuterRef("pk"))
    return Q(Exists(fundings))


def _hanging(proposals: QuerySet[Any]) -> QuerySet[Any]:
    rows = proposals.filter(_hangs()).select_related("requesting_unit")
    return in_book_order(rows).prefetch_related("fundings__grant")


def _rest(proposals: QuerySet[Proposal]) -> tuple[Outcome, int]:
    rows = proposals.values_list(*AMOUNTS, "later_own_k").order_by()
    total, count = Outcome(), 0
    for row in rows.iterator():
        names = (*AMOUNTS, "future_k")
        total, count = total + Outcome(**dict(zip(names, row, strict=True))), count + 1
    return total, count


def _sum(outcomes: list[Outcome], start: Outcome) -> Outcome:
    total = start
    for each in outcomes:
        total = total + each
    return total


def _scenarios(lines: list[Line], rest: Outcome) -> list[Scenario]:
    """As it stands where that differs, all, none, and each single one not; the first row is what others differ from."""
    stands = _sum([line.stands for line in lines], rest)
    every = _sum([line.every for line in lines], rest)
    none = _sum([line.none for line in lines], rest)
    cases = _cases(lines)
    base = stands.general_k
    rows = [Scenario(_("Every grant comes"), every, every.general_k - base)]
    if stands != every:
        rows.insert(0, Scenario(_("As the request stands today"), stands, 0))
    if not cases:
        return rows
    refused_k = sum(case.amount_k for case in cases)
    rows.append(Scenario(_("No grant comes"), none, none.general_k - base, refused_k=refused_k))
    return [*rows, *(_without(case, every, base) for case in cases)]


def _without(case: Case, every: Outcome, base: int) -> Scenario:
    """Only this one does not come: what its own proposals become, the rest as where every grant comes."""
    outcome = every
    for line in case.proposals:
        outcome = outcome - line.every + line.outcome(case.fundings)
    return Scenario(case.name, outcome, outcome.general_k - base, case.url, case.closes_on, case.amount_k)


def _cases(lines: list[Line]) -> list[Case]:
    """The grants that are not decided, in the order in which they close; sources without a programme by their name."""
    cases: dict[Any, Case] = {}
    for line in lines:
        for funding in line.pending:
            grant = funding.grant
            case = cases.setdefault(grant.pk if grant else (funding.source, funding.name), _case(funding))
            case.amount_k += funding.amount_k
            case.fundings.add(funding.pk)
            if not case.proposals or case.proposals[-1] is not line:
                case.proposals.append(line)
    return sorted(cases.values(), key=lambda case: (case.closes_on or date.max, case.name))


def _case(funding: Any) -> Case:
    grant = funding.grant
    if grant is None:
        return Case(funding.name)
    return Case(str(grant), grant.get_absolute_url(), grant.closes_on)


def hanging_k(fiscal_year: FiscalYear, user: Any) -> int:
    """National and prefectural money of the year's request that is not granted yet."""
    undecided = Funding.objects.filter(UNDECIDED, proposal__in=proposals_of_year(fiscal_year, user))
    return undecided.aggregate(total=Sum("amount_k"))["total"] or 0


def undecided_fundings(proposal: Any) -> QuerySet[Funding]:
    """The sources of a proposal that may still be refused; `proposal` may be an OuterRef."""
    return Funding.objects.filter(UNDECIDED, proposal=proposal)


def is_unsaid(funding: Any) -> bool:
    """Whether nobody has said what remains where this does not come."""
    reduced = funding.if_not_adopted == IfNotAdopted.REDUCE and funding.fallback_k is None
    return reduced or funding.if_not_adopted in UNSAID
