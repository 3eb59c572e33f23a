"""Reads of proposals; every list starts at what the person may see. Amounts in 千円 unless the name says yen."""

from typing import Any, TypeVar

from django.db.models import F, Model, OuterRef, Prefetch, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from apps.budget.choices import SETTLED, Source
from apps.budget.models import CostLine, Funding, Proposal, RequestLine
from apps.budget.selectors.appraisal import with_stage_shown
from apps.organization.choices import RoleKind
from apps.organization.permissions import HEADQUARTERS, is_staff_member

Row = TypeVar("Row", bound=Model)

# From drafting until headquarters decides: these, and the requesting unit (design, Rights).
WIDE_ROLES = (RoleKind.MEMBER, RoleKind.SECRETARIAT, RoleKind.FINANCE, RoleKind.AUDITOR, *HEADQUARTERS)


def visible_to(user: Any) -> QuerySet[Proposal]:
    """The proposals that `user` may see; the unit whose service the team's proposal is about sees it, too.

    Once the budget bill holds them, all staff.
    """
    every = Proposal.objects.filter(archived_at__isnull=True)
    asked = open_to(user, every, unit="requesting_unit")
    if user.holds(*WIDE_ROLES) or not is_staff_member(user):
        return asked
    owned = open_to(user, every.filter(team_proposal=True), unit="owning_unit")
    return asked | owned | every.filter(stage__kind__in=SETTLED)


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


def with_request(proposals: QuerySet[Proposal]) -> QuerySet[Any]:
    """Adds request_k alone."""
    return proposals.annotate(request_k=_sum(RequestLine, "request_k"))


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
    asking = with_request(with_stage_shown(visible_to(user), user))
    return asking.select_related("requesting_unit", "stage")


def proposal_list(user: Any) -> QuerySet[Any]:
    """Visible proposals with their amounts and all that a row shows."""
    shown = with_stage_shown(with_amounts(visible_to(user)), user)
    return shown.select_related("requesting_unit", "stage", "budget_item__account")


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


def proposal_page(user: Any) -> QuerySet[Any]:
    """Visible proposals with what their own page shows besides."""
    return (
        proposal_detail(user)
        .select_related("owning_unit")
        .prefetch_related(
            "fundings__grant",
            "fundings__revenue_item",
            "evidence",
            "workload_links__entry__unit",
            "outcomes__values",
            "continuing_costs__years",
            "long_contracts",
            "carryovers",
        )
    )


def yen_totals(proposal: Proposal) -> dict[str, int]:
    """Initial, running and eligible cost of one proposal in yen, from its prefetched lines."""
    costs = [cost for line in proposal.request_lines.all() for cost in line.cost_lines.all()]
    return {
        "initial_yen": sum(cost.amount_yen for cost in costs if cost.kind == "initial"),
        "running_yen": sum(cost.amount_yen for cost in costs if cost.kind == "running"),
        "eligible_yen": sum(cost.amount_yen for cost in costs if cost.eligible),
        "total_yen": sum(cost.amount_yen for cost in costs),
    }
