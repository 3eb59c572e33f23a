"""One row for each proposal, for spreadsheets and other systems."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from apps.budget.choices import Source
from apps.core import writers


def request_csv(proposals: Iterable[Any]) -> bytes:
    """UTF-8 with BOM, amounts in 千円; the sum of a column is the total of the request."""
    return b"".join(writers.write_csv(_columns(), (_row(proposal) for proposal in proposals)))


def _columns() -> list[str]:
    amounts = [_("Request (thousand yen)"), *(str(source.label) for source in Source), _("General revenue")]
    places = [_("Fiscal year"), _("Account"), _("Kan"), _("Kou"), _("Moku"), _("Project code"), _("Project")]
    people = [_("Kind of request"), _("Requesting unit"), _("Stage")]
    return [*places, *people, *amounts, _("Initial budget of the previous year"), _("Change")]


def _row(proposal: Any) -> list[Any]:
    item = proposal.budget_item
    return [
        int(proposal.fiscal_year),
        item.account.name,
        f"{item.kan} {item.kan_name}",
        f"{item.kou} {item.kou_name}",
        f"{item.moku} {item.moku_name}",
        proposal.project_code,
        proposal.name,
        proposal.get_kind_display(),
        proposal.requesting_unit.name,
        proposal.stage.name,
        proposal.request_k,
        *(getattr(proposal, f"{source.value}_k") for source in Source),
        proposal.general_k,
        proposal.previous_k,
        proposal.change_k,
    ]
