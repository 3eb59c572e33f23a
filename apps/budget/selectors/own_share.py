"""The city's own share of the proposals over five years, with and without the grants that hang. Amounts in 千円."""

from typing import Any

from django.db.models import Count, ExpressionWrapper, F, OuterRef, Q, QuerySet, SmallIntegerField, Subquery, Sum
from django.db.models.functions import Coalesce

from apps.budget.choices import CostKind, FundingStatus
from apps.budget.models import BudgetYear, ContinuingYear, CostLine, Funding, FutureCost
from apps.budget.selectors.investment import YEARS
from apps.budget.selectors.refusals import APPLIED_FOR, DECIDED
from apps.core.fiscal import FiscalYear

UNDECIDED = Q(source__in=APPLIED_FOR) & ~Q(status__in=DECIDED)


# What the other sources leave of a share of a continuing cost.
GENERAL = F("amount_k") - F("national_k") - F("prefecture_k") - F("bond_k") - F("other_k")


def _sum(rows: QuerySet[Any], group: str, field: Any) -> Coalesce:
    """The sum of a column for one proposal, by itself, so that joins multiply nothing."""
    grouped = rows.order_by().values(group).annotate(total=Sum(field))
    return Coalesce(Subquery(grouped.values("total")), 0)


def with_later_years(proposals: QuerySet[Any]) -> QuerySet[Any]:
    """Adds future_k, the running cost entered for the four years after that of the request, and for how many of them.

    share_k are the shares of continuing costs in these years, later_own_k what the city pays of both.
    """
    last = ExpressionWrapper(OuterRef("fiscal_year") + (YEARS - 1), output_field=SmallIntegerField())
    later = FutureCost.objects.filter(
        proposal=OuterRef("pk"), fiscal_year__gt=OuterRef("fiscal_year"), fiscal_year__lte=last
    )
    count = later.order_by().values("proposal").annotate(number=Count("pk")).values("number")
    shares = ContinuingYear.objects.filter(
        cost__proposal=OuterRef("pk"), fiscal_year__gt=OuterRef("fiscal_year"), fiscal_year__lte=last
    )
    general = _sum(shares, "cost__proposal", GENERAL)
    return proposals.annotate(
        future_k=_sum(later, "proposal", "amount_k"),
        future_count=Coalesce(Subquery(count), 0),
        share_k=_sum(shares, "cost__proposal", "amount_k"),
    ).annotate(later_own_k=F("future_k") + general)


def with_investment(proposals: QuerySet[Any]) -> QuerySet[Any]:
    """Adds what the investment view says of each proposal; it carries its request (`request_k`) already."""
    costs = CostLine.objects.filter(request_line__proposal=OuterRef("pk"))
    fundings = Funding.objects.filter(proposal=OuterRef("pk"))
    initial, running = (costs.filter(kind=kind) for kind in (CostKind.INITIAL, CostKind.RUNNING))
    hour = BudgetYear.objects.filter(fiscal_year=OuterRef("fiscal_year")).values("hour_yen")[:1]
    return with_later_years(proposals).annotate(
        initial_yen=_sum(initial, "request_line__proposal", "amount_yen"),
        running_yen=_sum(running, "request_line__proposal", "amount_yen"),
        undecided_k=_sum(fundings.filter(UNDECIDED), "proposal", "amount_k"),
        rejected_k=_sum(fundings.filter(status=FundingStatus.REJECTED), "proposal", "amount_k"),
        hour_yen=Subquery(hour),
        five_k=F("request_k") + F("future_k") + F("share_k"),
        first_with_k=F("general_k") + F("rejected_k"),
        first_without_k=F("general_k") + F("rejected_k") + F("undecided_k"),
        own_with_k=F("general_k") + F("rejected_k") + F("later_own_k"),
        own_without_k=F("general_k") + F("rejected_k") + F("undecided_k") + F("later_own_k"),
    )


def own_share_by_year(proposals: QuerySet[Any], fiscal_year: FiscalYear) -> list[tuple[FiscalYear, int, int]]:
    """Five years, each with the city's share where the grants come, and where none comes.

    Running cost of later years bears no source; of the shares of continuing costs the city pays what their sources
    leave. `proposals` are those of this one year.
    """
    plain = proposals.model.objects.filter(pk__in=proposals.order_by().values("pk"))
    general_k = plain.aggregate(total=Sum("general_k"))["total"] or 0
    fundings = Funding.objects.filter(proposal__in=plain)
    sums = fundings.aggregate(
        undecided=Sum("amount_k", filter=UNDECIDED),
        rejected=Sum("amount_k", filter=Q(status=FundingStatus.REJECTED)),
    )
    first_k = general_k + (sums["rejected"] or 0)
    running = _by_year(FutureCost.objects.filter(proposal__in=plain), "amount_k")
    shares = _by_year(ContinuingYear.objects.filter(cost__proposal__in=plain), GENERAL)
    years = [fiscal_year + n for n in range(1, YEARS)]
    rows = [(year, *(running.get(year, 0) + shares.get(year, 0),) * 2) for year in years]
    return [(fiscal_year, first_k, first_k + (sums["undecided"] or 0)), *rows]


def _by_year(rows: QuerySet[Any], amount: Any) -> dict[FiscalYear, int]:
    grouped = rows.order_by().values("fiscal_year").annotate(total=Sum(amount))
    return {row["fiscal_year"]: row["total"] for row in grouped}


def investment_sums(proposals: QuerySet[Any]) -> dict[str, int]:
    """The sums of all rows, and how many lack what the numbers need."""
    names = ("five_k", "own_with_k", "own_without_k", "undecided_k", "hours_saved", "initial_yen", "running_yen")
    rows = proposals.order_by().values(*names, "future_count", "yen_saved", "citizen_hours_saved")
    sums = rows.aggregate(
        **{f"sum_{name}": Sum(name) for name in names},
        without_effect=Count("pk", filter=Q(hours_saved=0, yen_saved=0)),
        without_later=Count("pk", filter=Q(future_count__lt=YEARS - 1)),
        count=Count("pk"),
    )
    return {name.removeprefix("sum_"): value or 0 for name, value in sums.items()}
