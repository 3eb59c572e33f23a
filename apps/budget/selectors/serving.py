"""What a proposal serves or could serve, as far as a person sees it; and the measured tasks it could save hours of."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.budget.models import Proposal
from apps.core.models import NumberedRecord, found
from apps.hurdles.choices import HurdleStatus
from apps.hurdles.selectors import visible_to as visible_hurdles
from apps.organization.models import WorkloadEntry
from apps.organization.selectors.workload import tasks_found, workload_list, workload_years
from apps.roadmap.selectors import initiatives_visible_to
from apps.training.selectors import courses_visible_to, plans_visible_to

MOST_OFFERED = 20


@dataclass(frozen=True)
class Served:
    """One kind of record that a proposal serves: its word, those that a person sees, and the way to the proposal."""

    label: Any
    visible_to: Callable[[Any], QuerySet[Any]]
    lookup: str


KINDS: dict[str, Served] = {
    "hurdle": Served(_("Hurdles"), visible_hurdles, "proposal_links__proposal"),
    "initiative": Served(_("Initiatives"), initiatives_visible_to, "proposal_links__proposal"),
    "course": Served(_("Courses"), courses_visible_to, "proposal_links__proposal"),
    "training_plan": Served(_("Training plans"), plans_visible_to, "proposal_links__proposal"),
}


def linked_to(proposal: Proposal, kind: str, user: Any) -> list[Any]:
    """What it serves already."""
    row = KINDS[kind]
    return list(row.visible_to(user).filter(**{row.lookup: proposal}).order_by("pk"))


def offered_to(proposal: Proposal, kind: str, user: Any, words: str) -> list[Any]:
    """Records with these words that it does not serve yet."""
    if not words.strip():
        return []
    row = KINDS[kind]
    rows = row.visible_to(user).filter(archived_at__isnull=True)
    if kind == "hurdle":
        rows = rows.exclude(status=HurdleStatus.MERGED)
    return list(found(rows.exclude(**{row.lookup: proposal}), words).order_by("pk")[:MOST_OFFERED])


def seen_record(kind: str, user: Any, address: str) -> Any | None:
    """The record at this address, if the person sees it."""
    return NumberedRecord.at_address(KINDS[kind].visible_to(user), address).first() if address else None


def tasks_to_offer(proposal: Proposal, user: Any, words: str, there: list[WorkloadEntry]) -> list[WorkloadEntry]:
    """Tasks of the latest survey: those of the requesting unit, or those with these words."""
    years = workload_years()
    if not years:
        return []
    rows = workload_list(user).filter(fiscal_year=years[0]).exclude(pk__in=[entry.pk for entry in there])
    units = [unit for unit in (proposal.requesting_unit_id, proposal.owning_unit_id) if unit]
    rows = tasks_found(rows, words) if words.strip() else rows.filter(unit__in=units)
    return list(rows.order_by("unit__order", "task", "pk")[:MOST_OFFERED])
