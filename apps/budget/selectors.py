"""Reads of proposals and grants; amounts in 千円 unless the name says yen."""

from typing import Any

from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from apps.budget.choices import Source
from apps.budget.models import CostLine, Funding, GrantProgramme, Proposal, RequestLine
from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.organization.choices import RoleKind
from apps.organization.permissions import HEADQUARTERS, is_staff_member

# From drafting until headquarters decides: these, and the requesting unit (design, Rights).
WIDE_ROLES = (RoleKind.MEMBER, RoleKind.SECRETARIAT, RoleKind.FINANCE, RoleKind.AUDITOR, *HEADQUARTERS)


def visible_to(user: Any) -> QuerySet[Proposal]:
    """The proposals that `user` may see."""
    proposals = Proposal.objects.filter(archived_at__isnull=True)
    if user.holds(*WIDE_ROLES):
        return proposals
    if not is_staff_member(user):
        return proposals.none()
    return proposals.filter(requesting_unit__in=user.unit_ids)


def _sum(model: Any, field: str, **condition: Any) -> Coalesce:
    """The sum of a column over the rows of one proposal; each sum by itself, so that joins multiply nothing."""
    rows = model.objects.filter(proposal=OuterRef("pk"), **condition).order_by().values("proposal")
    return Coalesce(Subquery(rows.annotate(total=Sum(field)).values("total")), 0)


def with_amounts(proposals: QuerySet[Proposal]) -> QuerySet[Any]:
    """Adds request_k, previous_k, change_k and one column for each source."""
    sources = {f"{source.value}_k": _sum(Funding, "amount_k", source=source) for source in Source}
    return proposals.annotate(
        request_k=_sum(RequestLine, "request_k"),
        previous_k=_sum(RequestLine, "previous_initial_k"),
        **sources,
    ).annotate(change_k=F("request_k") - F("previous_k"))


def proposal_list(user: Any) -> QuerySet[Any]:
    """Visible proposals with their amounts and all that a row shows."""
    return with_amounts(visible_to(user)).select_related("requesting_unit", "stage", "budget_item__account")


def with_lines(proposals: QuerySet[Any]) -> QuerySet[Any]:
    """Adds every line of each proposal, in a constant number of queries."""
    lines = RequestLine.objects.select_related("expense_item").prefetch_related(
        Prefetch("cost_lines", queryset=CostLine.objects.all())
    )
    return proposals.select_related("grant").prefetch_related(
        Prefetch("request_lines", queryset=lines),
        "fundings",
        "debt_burdens",
        "future_costs",
        "supporting_units",
    )


def proposal_detail(user: Any) -> QuerySet[Any]:
    """Visible proposals with all that their page shows."""
    return with_lines(proposal_list(user))


def in_book_order(proposals: QuerySet[Any]) -> QuerySet[Any]:
    """In the order of the budget book: account, kan, kou, moku, project."""
    item = ("account__code", "kan", "kou", "moku")
    return proposals.order_by(*(f"budget_item__{name}" for name in item), "project_code")


def request_of(fiscal_year: FiscalYear, user: Any) -> QuerySet[Any]:
    """The proposals of one year's budget request that `user` sees, drafts (起案) included."""
    return in_book_order(proposal_detail(user).filter(fiscal_year=fiscal_year))


def whole_request(fiscal_year: FiscalYear) -> QuerySet[Any]:
    """All proposals of one year, for the shell, where the operator answers for who reads the files."""
    every = Proposal.objects.filter(archived_at__isnull=True, fiscal_year=fiscal_year)
    shown = with_amounts(every).select_related("requesting_unit", "stage", "budget_item__account")
    return in_book_order(with_lines(shown))


def request_totals(fiscal_year: FiscalYear, user: Any) -> dict[str, int]:
    """The whole request by source, in 千円."""
    columns = [
        "request_k",
        "previous_k",
        "change_k",
        "general_k",
        *(f"{source.value}_k" for source in Source),
    ]
    rows = with_amounts(visible_to(user)).filter(fiscal_year=fiscal_year).values(*columns)
    return {column: sum(row[column] for row in rows) for column in columns} | {"count": len(rows)}


def request_year() -> FiscalYear:
    """The year for which budgets are asked for today: the next one."""
    return FiscalYear.of(clock.today()).next


def request_years() -> list[FiscalYear]:
    """The years that have proposals, newest first."""
    years = Proposal.objects.order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct()
    return list(years)


def grant_list() -> QuerySet[GrantProgramme]:
    """All grant programmes, the next to close first."""
    return GrantProgramme.objects.filter(archived_at__isnull=True).prefetch_related("proposals__requesting_unit")


def yen_totals(proposal: Proposal) -> dict[str, int]:
    """Initial, running and eligible cost of one proposal in yen, from its prefetched lines."""
    costs = [cost for line in proposal.request_lines.all() for cost in line.cost_lines.all()]
    return {
        "initial_yen": sum(cost.amount_yen for cost in costs if cost.kind == "initial"),
        "running_yen": sum(cost.amount_yen for cost in costs if cost.kind == "running"),
        "eligible_yen": sum(cost.amount_yen for cost in costs if cost.eligible),
        "total_yen": sum(cost.amount_yen for cost in costs),
    }
