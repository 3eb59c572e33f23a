"""Which proposals wait for whom, because of where they stand on their way."""

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet

from apps.budget.choices import UNDER_APPRAISAL, StageKind
from apps.budget.models import BudgetStage, Proposal, StageEntry
from apps.budget.selectors.appraisal import with_stage_shown
from apps.budget.selectors.proposals import visible_to, with_request
from apps.budget.selectors.stages import BEFORE_REQUEST, appraisal_stages
from apps.core import clock
from apps.core.fiscal import FiscalYear


def of_units(user: Any, units: Collection[int], *kinds: str) -> QuerySet[Any]:
    """The visible proposals of these units at such stages, for years that are not over."""
    rows = visible_to(user).filter(requesting_unit__in=units, stage__kind__in=kinds)
    return rows.filter(fiscal_year__gte=FiscalYear.of(clock.today())).order_by("project_code", "pk")


def to_confirm_or_submit(user: Any, units: Collection[int]) -> QuerySet[Any]:
    """What the manager of these units has still to bring to the finance section."""
    return of_units(user, units, *BEFORE_REQUEST)


def returned(user: Any, units: Collection[int]) -> QuerySet[Any]:
    """Drafts that came back for correction: a later stage was reached before."""
    beyond = StageEntry.objects.filter(proposal=OuterRef("pk")).exclude(stage__kind=StageKind.DRAFT)
    return of_units(user, units, StageKind.DRAFT).filter(Exists(beyond))


def cut_and_told(user: Any, units: Collection[int]) -> QuerySet[Any]:
    """What was told with less than was asked: it can be asked for again."""
    told = with_request(with_stage_shown(of_units(user, units, StageKind.NOTICE), user))
    return told.filter(decided_k__lt=F("request_k"))


def waiting_by_year(*kinds: str) -> list[tuple[FiscalYear, int]]:
    """How many proposals of each year stand at such stages."""
    rows = _standing(*kinds).values("fiscal_year").annotate(count=Count("pk")).order_by("fiscal_year")
    return [(row["fiscal_year"], row["count"]) for row in rows]


def chiefs_turn() -> BudgetStage | None:
    """The stage at which a proposal stands that comes to that of the mayor next."""
    return next(iter(appraisal_stages()[-2:-1]), None)


def waiting_for_chief() -> list[tuple[FiscalYear, int]]:
    """How many of each year come to the last stage of the appraisal next, that of the mayor."""
    rows = _standing(StageKind.APPRAISAL).filter(stage=chiefs_turn())
    return [(row["fiscal_year"], row["count"]) for row in rows.values("fiscal_year").annotate(count=Count("pk"))]


def years_to_tell() -> list[FiscalYear]:
    """The years that have requests under appraisal: telling the result takes all of them along, late ones later."""
    return list(_standing(*UNDER_APPRAISAL).order_by("fiscal_year").values_list("fiscal_year", flat=True).distinct())


def _standing(*kinds: str) -> QuerySet[Proposal]:
    return Proposal.objects.filter(archived_at__isnull=True, stage__kind__in=kinds)
