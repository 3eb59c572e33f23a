"""Who sees the amounts under appraisal, and what others see in their place.

Between 要求 and 内示 the amounts and the words of the appraisal are open to the finance section and the head of
headquarters alone; the result is told for all proposals of a year in one act (`BudgetYear.disclosed_on`). What is
handed in after that day is told by a further act. Until then the others read 「査定中」, also where a list is filtered
or sorted by the stage.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import BigIntegerField, Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext as _

from apps.budget.choices import SETTLED, UNDER_APPRAISAL, StageKind
from apps.budget.models import BudgetStage, BudgetYear, Proposal, StageEntry
from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.permissions import permitted

# Stages that tell nothing of the appraisal: everybody who sees the proposal sees their amounts, too.
BEFORE_APPRAISAL = (
    StageKind.DRAFT,
    StageKind.SECTION,
    StageKind.DEPARTMENT,
    StageKind.PRE_REVIEW,
    StageKind.REQUEST,
)
# That a proposal was withdrawn is no secret either.
OPEN_STAGES = (*BEFORE_APPRAISAL, StageKind.DROPPED)
# Once it has come to one of these, its result was told.
TOLD_STAGES = (StageKind.NOTICE, StageKind.REVIVAL, StageKind.REVIVAL_APPRAISAL, *SETTLED)


def is_disclosed(fiscal_year: FiscalYear) -> bool:
    """Whether the result of the year's appraisal has been told; what was handed in later still waits for its own."""
    return _years_told().filter(fiscal_year=fiscal_year).exists()


def is_told(proposal: Proposal) -> bool:
    """Whether the result of this proposal has been told: with the year's, or by a further act after it."""
    return not Proposal.objects.filter(untold(), pk=proposal.pk).exists()


def sees_appraisal(user: Any, fiscal_year: FiscalYear) -> bool:
    """Whether `user` sees the amounts and the words of the appraisal of every proposal of a year.

    For what holds them all together, such as the upload: it closes again while a late request is under appraisal.
    Of one proposal asks `sees_appraisal_of`.
    """
    if permitted(user, "budget.view_appraisal"):
        return True
    late = Proposal.objects.filter(_hidden(), fiscal_year=fiscal_year, archived_at__isnull=True)
    return is_disclosed(fiscal_year) and not late.exists()


def sees_results(user: Any, fiscal_year: FiscalYear) -> bool:
    """Whether `user` sees what became of the year's requests, but for those whose own result was not told."""
    return permitted(user, "budget.view_appraisal") or is_disclosed(fiscal_year)


def sees_appraisal_of(user: Any, proposal: Proposal) -> bool:
    """Whether `user`, who sees the proposal, sees the amounts and the words of its appraisal."""
    return permitted(user, "budget.view_appraisal") or is_told(proposal)


def told_to(user: Any, proposals: QuerySet[Any]) -> QuerySet[Any]:
    """Those of the proposals of whose appraisal `user` may read."""
    return proposals if permitted(user, "budget.view_appraisal") else proposals.exclude(untold())


def untold() -> Q:
    """The proposals whose result was not told: those of a year before its day, and what was handed in since then.

    What was handed in before that day and has no entry of its telling, such as what was withdrawn, was told with it.
    """
    return ~Q(fiscal_year__in=_years_told().values("fiscal_year")) | Q(Exists(_late_requests()))


def _years_told() -> QuerySet[BudgetYear]:
    return BudgetYear.objects.filter(disclosed_on__lte=clock.today())


def _late_requests() -> QuerySet[StageEntry]:
    """The entries of a proposal by which it was handed in on the year's day or later, and which no telling follows."""
    after = Q(date__gt=OuterRef("date")) | Q(date=OuterRef("date"), pk__gt=OuterRef("pk"))
    told = StageEntry.objects.filter(after, proposal=OuterRef("proposal"), stage__kind__in=TOLD_STAGES)
    day = _years_told().filter(fiscal_year=OuterRef("proposal__fiscal_year")).values("disclosed_on")[:1]
    asked = StageEntry.objects.filter(proposal=OuterRef("pk"), stage__kind=StageKind.REQUEST)
    return asked.filter(~Exists(told), date__gte=Subquery(day))


def readable(entries: Iterable[StageEntry], *, sees: bool) -> list[StageEntry]:
    """The stages reached, in their order, that somebody may read who sees the appraisal, or does not.

    A stage of unknown meaning counts as appraisal. A further entry at the request is a hold of the finance section or
    its end: it belongs to the appraisal.
    """
    rows = list(entries)
    return (
        rows if sees else [entry for entry, before in zip(rows, [None, *rows], strict=False) if _is_open(entry, before)]
    )


def _is_open(entry: StageEntry, before: StageEntry | None) -> bool:
    if entry.stage.kind == StageKind.REQUEST and before is not None and before.stage_id == entry.stage_id:
        return False
    return entry.stage.kind in OPEN_STAGES and not entry.held


def under_appraisal() -> str:
    """What stands in the place of a stage that is not told."""
    return _("Under appraisal")


def hides_stage(proposal: Proposal, *, sees: bool) -> bool:
    """Whether the stage of the proposal is not told to who does not see the appraisal."""
    return proposal.stage.kind not in OPEN_STAGES and not sees


def with_stage_shown(proposals: QuerySet[Any], user: Any) -> QuerySet[Any]:
    """Adds `stage_shown`, `stage_rank` by which one sorts, and `decided_k`: the last amount of the appraisal or None.

    `user` None is the operator at the shell, from whom nothing is hidden.
    """
    decided = _last_amount()
    hidden = hidden_from(user)
    if hidden is None:
        return proposals.annotate(
            stage_shown=F("stage__name"),
            stage_rank=F("stage__order"),
            decided_k=Case(When(_DECIDING, then=decided), output_field=BigIntegerField()),
        )
    first = BudgetStage.objects.filter(kind__in=UNDER_APPRAISAL).order_by("order").values("order")[:1]
    return proposals.annotate(
        stage_shown=Case(
            When(hidden, then=Value(under_appraisal())), default=F("stage__name"), output_field=CharField()
        ),
        stage_rank=Case(When(hidden, then=Subquery(first)), default=F("stage__order")),
        decided_k=Case(When(~hidden & _DECIDING, then=decided), output_field=BigIntegerField()),
    )


_DECIDING = ~Q(stage__kind__in=OPEN_STAGES)


def _last_amount() -> Subquery:
    entries = StageEntry.objects.filter(proposal=OuterRef("pk")).order_by("-date", "-pk")
    return Subquery(entries.values("amount_k")[:1])


def hidden_from(user: Any) -> Q | None:
    """The proposals whose stage this person may not know; None where nothing is hidden from them."""
    return None if user is None or permitted(user, "budget.view_appraisal") else _hidden()


def _hidden() -> Q:
    return ~Q(stage__kind__in=OPEN_STAGES) & untold()
