"""Which proposals ride on a call, which could, and what became of the days that they were planned with."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy, ngettext

from apps.budget.choices import StageKind, WindowKind
from apps.budget.models import CostLine, Funding, GrantCandidate, GrantProgramme, Proposal
from apps.budget.selectors.proposals import proposals_named, visible_to
from apps.core.fiscal import FiscalYear

# The days of a call that inner steps hang on, with their words.
RIDING_DAYS = {
    "opens_on": gettext_lazy("Opens"),
    "consultation_until": gettext_lazy("Consultation until"),
    "closes_on": gettext_lazy("Apply by"),
    "decision_on": gettext_lazy("Decision"),
}
SUGGESTED = 20


@dataclass(frozen=True)
class MovedDay:
    """A day of a call that was announced otherwise than it was assumed; `days` later, or earlier where negative."""

    label: Any
    assumed: date
    announced: date

    @property
    def days(self) -> int:
        return (self.announced - self.assumed).days

    @property
    def count(self) -> int:
        return abs(self.days)

    @property
    def words(self) -> str:
        return day_words(self)


def rides_on(grant: GrantProgramme) -> Q:
    """The proposals that count on the call: by themselves or by one of their sources."""
    return Q(grant=grant) | Q(Exists(Funding.objects.filter(proposal=OuterRef("pk"), grant=grant)))


def riding(grant: GrantProgramme) -> QuerySet[Proposal]:
    """All that ride on it, whoever may see them."""
    return Proposal.objects.filter(rides_on(grant), archived_at__isnull=True).exclude(stage__kind=StageKind.DROPPED)


def riding_seen_by(user: Any, grant: GrantProgramme) -> QuerySet[Any]:
    """Those that ride on it and are open to `user`, with what they ask for."""
    return proposals_named(user).filter(rides_on(grant)).order_by("fiscal_year", "project_code", "pk")


def candidates_seen_by(user: Any, grant: GrantProgramme) -> QuerySet[GrantCandidate]:
    """Those of which somebody has said that they could ride on it."""
    links = GrantCandidate.objects.filter(grant=grant, proposal__in=visible_to(user))
    return links.select_related("proposal__requesting_unit").order_by("proposal__project_code", "pk")


def could_ride(user: Any, grant: GrantProgramme) -> QuerySet[Any]:
    """The proposals open to `user` of the year that the call pays for, without those that ride or are named already."""
    named = GrantCandidate.objects.filter(proposal=OuterRef("pk"), grant=grant)
    others = (
        proposals_named(user).exclude(rides_on(grant)).exclude(Exists(named)).exclude(stage__kind=StageKind.DROPPED)
    )
    year = year_paid(grant)
    return (others.filter(fiscal_year=year) if year else others).order_by("fiscal_year", "project_code", "pk")


def suggested(user: Any, grant: GrantProgramme) -> list[Any]:
    """Of those, the first that have eligible costs, or money of the same kind without a call of its own."""
    eligible = CostLine.objects.filter(request_line__proposal=OuterRef("pk"), eligible=True)
    same_kind = Funding.objects.filter(proposal=OuterRef("pk"), source=grant.money, grant__isnull=True)
    return list(could_ride(user, grant).filter(Exists(eligible) | Exists(same_kind))[:SUGGESTED])


def year_paid(grant: GrantProgramme) -> FiscalYear | None:
    """The fiscal year for which the call pays."""
    day = grant.project_from or grant.contract_from or grant.decision_on
    return FiscalYear.of(day) if day else None


def riding_calls(proposal: Proposal) -> set[int]:
    """The calls that a proposal counts on, by their keys."""
    funded = proposal.fundings.filter(grant__isnull=False).values_list("grant_id", flat=True)
    return {each for each in (proposal.grant_id, *funded) if each}


def moved_days(grant: GrantProgramme | None) -> list[MovedDay]:
    """Where the announced days differ from those that were assumed."""
    if grant is None or grant.window != WindowKind.ANNOUNCED:
        return []
    pairs = [(label, grant.assumed_days.get(name), getattr(grant, name)) for name, label in RIDING_DAYS.items()]
    known = [MovedDay(label, date.fromisoformat(was), now) for label, was, now in pairs if was and now]
    return [moved for moved in known if moved.days]


def unseen_days(proposal: Proposal, grant: GrantProgramme | None) -> list[MovedDay]:
    """What the people of the proposal have not taken note of yet."""
    return [] if proposal.grant_dates_seen_on else moved_days(grant)


def day_words(moved: MovedDay) -> str:
    """How much later or earlier, in words."""
    later = ngettext("%(count)d day later", "%(count)d days later", moved.count)
    earlier = ngettext("%(count)d day earlier", "%(count)d days earlier", moved.count)
    return (later if moved.days > 0 else earlier) % {"count": moved.count}


def with_announced_days(user: Any) -> QuerySet[Any]:
    """Proposals of the person's own units whose call was announced, and nobody there has taken note of its days."""
    announced = Q(grant__window=WindowKind.ANNOUNCED) | Q(fundings__grant__window=WindowKind.ANNOUNCED)
    own = visible_to(user).filter(announced, requesting_unit__in=user.unit_ids, grant_dates_seen_on__isnull=True)
    return own.exclude(stage__kind=StageKind.DROPPED)


def proposals_with_moved_days(user: Any, most: int) -> list[tuple[Proposal, GrantProgramme, list[MovedDay]]]:
    """Proposals of the person's own units whose call was announced otherwise, and nobody there has taken note."""
    rows = with_announced_days(user).select_related("grant").prefetch_related("fundings__grant")
    found = []
    for proposal in rows.distinct().order_by("pk")[:most]:
        calls = [proposal.grant, *(each.grant for each in proposal.fundings.all())]
        for grant in dict.fromkeys(each for each in calls if each):
            if moved := moved_days(grant):
                found.append((proposal, grant, moved))
                break
    return found
