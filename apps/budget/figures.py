"""The figures of the budget. Each number shown anywhere comes from here."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.budget.choices import Source
from apps.budget.selectors import request_totals, request_year
from apps.core.registry import Figure, figures


def request_url(**filters: str) -> str:
    """The list of the proposals that are asked for now, narrowed further."""
    query = {"year": str(int(request_year())), **filters}
    return f"{reverse('budget:proposal-list')}?{urlencode(query)}"


def request_k(user: Any) -> int:
    return request_totals(request_year(), user)["request_k"]


def request_by_source(user: Any) -> list[dict[str, Any]]:
    totals = request_totals(request_year(), user)
    rows = [
        {"label": source.label, "value": totals[f"{source.value}_k"], "url": request_url(source=source.value)}
        for source in Source
    ]
    # Grey: what the city pays itself.
    own = {"label": _("General revenue"), "value": totals["general_k"], "url": request_url(), "tone": "gray"}
    return [*rows, own]


REQUEST = figures.add(
    Figure(
        name="budget.request",
        label=_("Budget request"),
        unit=_("thousand yen"),
        definition=_("The sum of all expense items of next year's proposals, drafts included, in thousand yen."),
        count=request_k,
        link=request_url,
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
    )
)
