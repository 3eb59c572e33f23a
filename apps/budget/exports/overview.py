"""The proposals of the request one below the other, and their lines inside the projects of other sections."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from apps.budget.exports.columns import (
    COMPUTED,
    Given,
    appraised,
    appraised_notes,
    bases_of,
    compared,
    given_to,
    sources,
    sources_of,
)
from apps.budget.exports.table import Column, Line, RequestTable
from apps.budget.selectors.editing import EDITABLE
from apps.budget.selectors.told import told_result
from apps.core import clock, wareki
from apps.core.fiscal import FiscalYear


def title_of(fiscal_year: FiscalYear) -> str:
    return _("%(year)s budget request") % {"year": fiscal_year}


def overview(
    fiscal_year: FiscalYear, proposals: Sequence[Any], given: Given, links: Sequence[str] = ()
) -> RequestTable:
    """One row for each proposal; `links` are the names of their sheets."""
    results = [told_result(proposal) for proposal in proposals]
    settled = any(results)
    places = (
        Column(_("No."), "middle", 5),
        Column(_("Project code"), "middle", 12),
        Column(_("Project"), width=(26 if settled else 29) if given else 32),
        Column(_("Requesting unit"), width=16),
        Column(_("Kind"), "middle", 7),
    )
    result = [Column(_("Result"), "middle", 11)] if settled else []
    lines = [
        Line(
            (*_row(number, proposal), *given_to(proposal, given), *([said] if settled else [])),
            link=links[number - 1] if links else "",
        )
        for number, (proposal, said) in enumerate(zip(proposals, results, strict=True), start=1)
    ]
    return RequestTable(
        title=title_of(fiscal_year),
        name=_("Summary"),
        columns=(*places, *compared(fiscal_year, 5), *sources(11, asked=bool(given)), *appraised(given), *result),
        lines=tuple(lines),
        total=_("Total"),
        unit=_("thousand yen"),
        notes=(
            _as_of(proposals),
            *appraised_notes(proposals, given),
        ),
    )


def _as_of(proposals: Sequence[Any]) -> str:
    words = _("As of %(day)s, drafts included") if holds_drafts(proposals) else _("As of %(day)s")
    return words % {"day": wareki.format_date(clock.today())}


def holds_drafts(proposals: Sequence[Any]) -> bool:
    """Whether a proposal is among them that was not handed in yet."""
    return any(proposal.stage.kind in EDITABLE for proposal in proposals)


def _row(number: int, proposal: Any) -> tuple[Any, ...]:
    return (
        str(number),
        proposal.project_code,
        proposal.name,
        proposal.requesting_unit.name,
        proposal.get_kind_display(),
        *bases_of(proposal.request_lines.all()),
        *COMPUTED,
        *sources_of([proposal]),
        None,
    )


def hosted(fiscal_year: FiscalYear, proposals: Sequence[Any]) -> RequestTable:
    """うちDX分: the 節 that stand inside the project of another section; the sums above hold them already."""
    rows = [
        Line((f"{line.host_code} {line.host_name}", *_host(line), proposal.name, str(line), line.request_k))
        for proposal in proposals
        for line in proposal.request_lines.all()
        if line.host_code
    ]
    return RequestTable(
        title=_("Lines inside the projects of other sections"),
        name=_("Inside other projects"),
        columns=(
            Column(_("Project that holds the line"), width=34),
            Column(_("Unit of that project"), width=18),
            Column(_("Kan, kou, moku"), width=34),
            Column(_("Requested by the proposal"), width=30),
            Column(_("Expense item"), width=24),
            Column(_("Requested amount"), "amount", 12),
        ),
        lines=tuple(rows),
        total=_("Total"),
        unit=_("thousand yen"),
        notes=(_("Part of the request of each proposal; nothing is counted twice."),),
    )


def _host(line: Any) -> tuple[str, str]:
    return (line.host_unit.name if line.host_unit else "", str(line.host_item) if line.host_item else "")
