"""The figures of the roadmap. Each number shown anywhere comes from here."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.registry import Figure, Standpoint, figures
from apps.roadmap import selectors
from apps.roadmap.choices import DECIDED_POLICY, DECIDED_STATES, InitiativeStatus
from apps.roadmap.selectors import coverage, initiatives_visible_to, policies_visible_to, visions_visible_to
from apps.roadmap.selectors import indicators as measures

GREEN = (InitiativeStatus.STARTED, InitiativeStatus.UNDERWAY, InitiativeStatus.ACHIEVED)


def list_url(page: str, **filters: str) -> str:
    """One of the lists with these filters."""
    address = reverse(f"roadmap:{page}-list")
    return f"{address}?{urlencode(filters)}" if filters else address


def by_status(standpoint: Standpoint) -> list[dict[str, Any]]:
    counts = selectors.count_by_status(standpoint.user)
    return [
        {
            "label": status.label,
            "value": counts[status],
            "url": list_url("initiative", status=status.value),
            "tone": "green" if status in GREEN else "key",
        }
        for status in InitiativeStatus
        if counts.get(status)
    ]


def _declare(
    name: str,
    label: Any,
    unit: Any,
    definition: Any,
    records: Callable[[Standpoint], Any],
    link: str,
    count: Callable[[Standpoint], Any] | None = None,
    **filters: str,
) -> Figure:
    """A figure that counts `records`, unless `count` says otherwise; it links to the list with `filters`."""
    return figures.add(
        Figure(
            name=f"roadmap.{name}",
            label=label,
            unit=unit,
            definition=definition,
            count=count or (lambda standpoint: records(standpoint).count()),
            link=lambda _standpoint: list_url(link, **filters),
            records=records,
        )
    )


VISIONS = _declare(
    "visions",
    _("Visions"),
    _("visions"),
    _("The ten-year and the three-year visions together."),
    lambda standpoint: visions_visible_to(standpoint.user),
    "vision",
)
POLICIES = _declare(
    "policies",
    _("Policies"),
    _("policies"),
    _("Policies and guidelines that the person who looks may see; before a decision only their makers see them."),
    lambda standpoint: policies_visible_to(standpoint.user),
    "policy",
)
POLICIES_DECIDED = _declare(
    "policies_decided",
    _("Decided policies"),
    _("policies"),
    _("Policies and guidelines that are decided, in force or achieved."),
    lambda standpoint: policies_visible_to(standpoint.user).filter(status__in=DECIDED_POLICY),
    "policy",
    status=DECIDED_STATES,
)
INITIATIVES = _declare(
    "initiatives",
    _("Initiatives"),
    _("initiatives"),
    _("All initiatives of the roadmap, achieved and cancelled ones included."),
    lambda standpoint: initiatives_visible_to(standpoint.user),
    "initiative",
)
INITIATIVES_LATE = _declare(
    "initiatives_late",
    _("Overdue initiatives"),
    _("initiatives"),
    _("Initiatives whose end has passed and that are neither achieved nor cancelled."),
    lambda standpoint: selectors.late(initiatives_visible_to(standpoint.user)),
    "initiative",
    late="yes",
)
INITIATIVES_BY_STATUS = _declare(
    "initiatives_by_status",
    _("Initiatives by state"),
    _("initiatives"),
    _("All initiatives by their state."),
    lambda standpoint: initiatives_visible_to(standpoint.user),
    "initiative",
    by_status,
)
CONFLICTS = _declare(
    "conflicts",
    _("Initiatives in conflict"),
    _("initiatives"),
    _("Initiatives that start on or before the last day of one that they need first, both of them still open."),
    lambda standpoint: selectors.in_conflict(initiatives_visible_to(standpoint.user)),
    "initiative",
    conflict="yes",
)
INITIATIVES_SLIPPED = _declare(
    "initiatives_slipped",
    _("Initiatives that slipped"),
    _("initiatives"),
    _("Initiatives that end later today than the newest baseline says; cancelled ones are not counted."),
    lambda standpoint: selectors.slipped(initiatives_visible_to(standpoint.user)),
    "initiative",
    slipped="yes",
)
PLAN_ITEMS_EMPTY = _declare(
    "plan_items_without_initiative",
    _("Items of the plan without an initiative"),
    _("items"),
    _("Items of the comprehensive plan that no initiative names, and no vision that an initiative leads to."),
    lambda standpoint: coverage.plan_item_list(standpoint.user).filter(has_initiative=False),
    "plan-item",
    initiatives="no",
)
VISIONS_EMPTY = _declare(
    "visions_without_initiative",
    _("Visions without an initiative"),
    _("visions"),
    _("Visions that no initiative leads to, not even by way of a three-year vision; cancelled ones do not count."),
    lambda standpoint: coverage.without_initiatives(visions_visible_to(standpoint.user)),
    "vision",
    initiatives="no",
)
INITIATIVES_UNMEASURED = _declare(
    "initiatives_without_indicator",
    _("Initiatives without an indicator"),
    _("initiatives"),
    _("Initiatives that no indicator measures; cancelled ones left out."),
    lambda standpoint: coverage.without_indicator(initiatives_visible_to(standpoint.user)),
    "initiative",
    without="indicator",
)
INITIATIVES_UNRULED = _declare(
    "initiatives_without_policy",
    _("Initiatives without a policy"),
    _("initiatives"),
    _("Initiatives that stand under no policy; cancelled ones left out."),
    lambda standpoint: coverage.without_policy(initiatives_visible_to(standpoint.user)),
    "initiative",
    without="policy",
)
POLICIES_EMPTY = _declare(
    "policies_without_hurdle",
    _("Policies without a hurdle"),
    _("policies"),
    _("Policies that resolve no hurdle and no common hurdle that the person who looks sees; withdrawn ones left out."),
    lambda standpoint: coverage.without_hurdles(policies_visible_to(standpoint.user), standpoint.user),
    "policy",
    hurdles="no",
)
INDICATORS_MISSING = _declare(
    "indicators_not_measured",
    _("Indicators not measured"),
    _("indicators"),
    _("Indicators with a target for an ended fiscal year and no actual for it; cancelled initiatives left out."),
    lambda standpoint: measures.indicator_list(standpoint.user).filter(missing__gt=0),
    "indicator",
    measured="no",
)
