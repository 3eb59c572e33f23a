"""One row for each proposal, for spreadsheets and other systems."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from apps.budget.choices import Source
from apps.core.writers import Column
from apps.core.writers.csv import write_csv


def request_csv(proposals: Iterable[Any]) -> bytes:
    """UTF-8 with BOM, amounts in 千円; the sum of a column is the total of the request."""
    return b"".join(write_csv(_columns(), (_row(proposal) for proposal in proposals)))


def _columns() -> list[Column]:
    return [
        Column("fiscal_year", _("Fiscal year"), "number"),
        Column("account", _("Account")),
        Column("kan", _("Kan")),
        Column("kou", _("Kou")),
        Column("moku", _("Moku")),
        Column("project_code", _("Project code"), "code"),
        Column("project", _("Project")),
        Column("kind", _("Kind of request")),
        Column("unit", _("Requesting unit")),
        Column("stage", _("Stage")),
        Column("request_k", _("Request (thousand yen)"), "number"),
        *(Column(f"{source.value}_k", str(source.label), "number") for source in Source),
        Column("general_k", _("General revenue"), "number"),
        Column("previous_k", _("Initial budget of the previous year"), "number"),
        Column("change_k", _("Difference"), "number"),
    ]


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
