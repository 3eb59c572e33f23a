"""The figures of the budget. Each number shown anywhere comes from here."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.budget.choices import Source
from apps.budget.selectors import intents_of_year, plans_of_year, proposals_of_year, request_totals
from apps.budget.selectors.overview import hours_asked
from apps.budget.selectors.own_share import own_share_by_year
from apps.budget.selectors.scenarios import hanging_k, undecided_fundings
from apps.core.registry import Figure, Standpoint, figures


def _url(page: str, standpoint: Standpoint, **filters: str) -> str:
    """A list of records of the next year, narrowed further."""
    query = {"year": str(int(standpoint.year.next)), **filters}
    return f"{reverse(page)}?{urlencode(query)}"


def request_url(standpoint: Standpoint, **filters: str) -> str:
    """The list of what is asked for in the next year, narrowed further."""
    return _url("budget:proposal-list", standpoint, withdrawn="no", **filters)


def request_k(standpoint: Standpoint) -> int:
    return request_totals(standpoint.year.next, standpoint.user)["request_k"]


def proposals_asked_for(standpoint: Standpoint) -> Any:
    return proposals_of_year(standpoint.year.next, standpoint.user)


def request_by_source(standpoint: Standpoint) -> list[dict[str, Any]]:
    totals = request_totals(standpoint.year.next, standpoint.user)
    rows = [
        {
            "label": source.label,
            "value": totals[f"{source.value}_k"],
            "url": request_url(standpoint, source=source.value),
        }
        for source in Source
    ]
    # Grey: what the city pays itself.
    own = {"label": _("General revenue"), "value": totals["general_k"], "url": request_url(standpoint), "tone": "gray"}
    return [*rows, own]


def plans_reviewed(standpoint: Standpoint) -> Any:
    return plans_of_year(standpoint.year.next, standpoint.user).exclude(result="")


def priority_cases(standpoint: Standpoint) -> Any:
    return plans_of_year(standpoint.year.next, standpoint.user).filter(priority_case=True)


def intents(standpoint: Standpoint) -> Any:
    return intents_of_year(standpoint.year.next, standpoint.user)


def own_share_k(standpoint: Standpoint) -> int:
    years = own_share_by_year(proposals_asked_for(standpoint), standpoint.year.next)
    return sum(with_k for _year, with_k, _without_k in years)


def proposals_that_hang(standpoint: Standpoint) -> Any:
    return proposals_asked_for(standpoint).filter(Exists(undecided_fundings(OuterRef("pk"))))


REQUEST = figures.add(
    Figure(
        name="budget.request",
        label=_("Budget request"),
        unit=_("thousand yen"),
        definition=_("The sum of all expense items of next year's proposals, drafts included, in thousand yen."),
        count=request_k,
        link=request_url,
        records=proposals_asked_for,
    )
)
REQUEST_BY_SOURCE = figures.add(
    Figure(
        name="budget.request_by_source",
        label=_("Budget request by source"),
        unit=_("thousand yen"),
        definition=_("Typed sources by kind; general revenue is what remains of the request."),
        count=request_by_source,
        link=request_url,
        records=proposals_asked_for,
    )
)
PROPOSALS = figures.add(
    Figure(
        name="budget.proposals",
        label=_("Budget proposals"),
        unit=_("proposals"),
        definition=_("Next year's proposals, drafts included."),
        count=lambda standpoint: proposals_asked_for(standpoint).count(),
        link=request_url,
        records=proposals_asked_for,
    )
)
PLANS_REVIEWED = figures.add(
    Figure(
        name="budget.plans_reviewed",
        label=_("Introduction plans reviewed"),
        unit=_("plans"),
        definition=_("Introduction plans for next year's request whose preliminary review has a result."),
        count=lambda standpoint: plans_reviewed(standpoint).count(),
        link=lambda standpoint: _url("budget:plan-list", standpoint, result="reviewed"),
        records=plans_reviewed,
    )
)
PRIORITY_CASES = figures.add(
    Figure(
        name="budget.priority_cases",
        label=_("Priority cases"),
        unit=_("plans"),
        definition=_("Introduction plans for next year's request that are marked as priority cases."),
        count=lambda standpoint: priority_cases(standpoint).count(),
        link=lambda standpoint: _url("budget:plan-list", standpoint, priority="yes"),
        records=priority_cases,
    )
)
INTENTS = figures.add(
    Figure(
        name="budget.intents",
        label=_("Intent survey"),
        unit=_("answers"),
        definition=_("What sections mean to start next year, by their answers to the survey in July."),
        count=lambda standpoint: intents(standpoint).count(),
        link=lambda standpoint: _url("budget:intent-list", standpoint),
        records=intents,
    )
)
OWN_SHARE = figures.add(
    Figure(
        name="budget.own_share_five_years",
        label=_("City's share over five years"),
        unit=_("thousand yen"),
        definition=_(
            "General revenue of next year's proposals and what was entered for the four years after it, which bear no "
            "source; every grant that is not refused is counted as coming."
        ),
        count=own_share_k,
        link=lambda standpoint: _url("budget:investment", standpoint),
        records=proposals_asked_for,
    )
)
HOURS_ASKED = figures.add(
    Figure(
        name="budget.hours_asked",
        label=_("Hours that proposals mean to return"),
        unit=_("hours a year"),
        definition=_("Hours of staff a year that next year's proposals say they save."),
        count=lambda standpoint: hours_asked(standpoint.year.next, standpoint.user),
        link=lambda standpoint: _url("budget:investment", standpoint, sort="-hours_saved"),
        records=lambda standpoint: proposals_asked_for(standpoint).filter(hours_saved__gt=0),
    )
)
HANGING = figures.add(
    Figure(
        name="budget.hanging_on_grants",
        label=_("Hangs on grants not yet granted"),
        unit=_("thousand yen"),
        definition=_("National and prefectural money of next year's proposals that is neither granted nor refused."),
        count=lambda standpoint: hanging_k(standpoint.year.next, standpoint.user),
        link=lambda standpoint: _url("budget:investment", standpoint, hangs="yes"),
        records=proposals_that_hang,
    )
)
