"""Reads of proposals; every list starts at what the person may see. Amounts in 千円 unless the name says yen."""

from typing import Any, TypeVar

from django.db.models import F, Model, OuterRef, Prefetch, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from apps.budget.choices import Source
from apps.budget.models import CostLine, Funding, Proposal, RequestLine
from apps.organization.choices import RoleKind
from apps.organization.permissions import HEADQUARTERS, is_staff_member

Row = TypeVar("Row", bound=Model)

# From drafting until headquarters decides: these, and the requesting unit (design, Rights).
WIDE_ROLES = (RoleKind.MEMBER, RoleKind.SECRETARIAT, RoleKind.FINANCE, RoleKind.AUDITOR, *HEADQUARTERS)


def visible_to(user: Any) -> QuerySet[Proposal]:
    """The proposals that `user` may see."""
    return open_to(user, Proposal.objects.filter(archived_at__isnull=True), unit="requesting_unit")


def open_to(user: Any, records: QuerySet[Row], *, unit: str) -> QuerySet[Row]:
    """Those of `records` that `user` may see before headquarters decides; `unit` names the field of whose they are."""
    if user.holds(*WIDE_ROLES):
        return records
    if not is_staff_member(user):
        return records.none()
    return records.filter(**{f"{unit}__in": user.unit_ids})


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


def proposals_named(user: Any) -> QuerySet[Any]:
    """Visible proposals with what other pages say of them: whose they are, their stage and what they ask for."""
    asking = visible_to(user).annotate(request_k=_sum(RequestLine, "request_k"))
    return asking.select_related("requesting_unit", "stage")


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


def yen_totals(proposal: Proposal) -> dict[str, int]:
    """Initial, running and eligible cost of one proposal in yen, from its prefetched lines."""
    costs = [cost for line in proposal.request_lines.all() for cost in line.cost_lines.all()]
    return {
        "initial_yen": sum(cost.amount_yen for cost in costs if cost.kind == "initial"),
        "running_yen": sum(cost.amount_yen for cost in costs if cost.kind == "running"),
        "eligible_yen": sum(cost.amount_yen for cost in costs if cost.eligible),
        "total_yen": sum(cost.amount_yen for cost in costs),
    }
