"""What binds later years (調書): debt burdens, continuing costs, long contracts, money carried over; the investment."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from apps.budget.choices import Source
from apps.budget.exports.columns import indented, sources
from apps.budget.exports.table import SUM, Column, Line, RequestTable
from apps.budget.selectors import five_years, yen_totals
from apps.core.fiscal import FiscalYear

SHARES = (*(f"{source.value}_k" for source in Source), "general_k")


def period(item: Any) -> str:
    """令和6年度から令和8年度まで."""
    return _("%(from)s to %(to)s") % {"from": item.from_year, "to": item.to_year}


def _places() -> tuple[Column, ...]:
    return Column(_("Project"), width=28), Column(_("Requesting unit"), width=16), Column(_("Item"), width=34)


def _place(proposal: Any, item: Any) -> tuple[str, str, str]:
    return proposal.name, proposal.requesting_unit.name, item.item


def debt_burdens(fiscal_year: FiscalYear, proposals: Sequence[Any]) -> RequestTable:
    """債務負担行為調書: 事項, 期間, 限度額 and its sources (地方自治法第214条)."""
    rows = [
        Line(
            (
                *_place(each, item),
                period(item),
                item.limit_k,
                *(getattr(item, key) for key in SHARES),
                None,
                item.reason,
            )
        )
        for each in proposals
        for item in each.debt_burdens.all()
    ]
    return RequestTable(
        title=_("%(year)s record of debt burdens") % {"year": fiscal_year},
        name=_("Debt burdens"),
        columns=(
            *_places(),
            Column(_("Period"), "middle", 22),
            Column(_("Limit"), "amount", 12),
            *sources(5),
            Column(_("Reason"), width=24),
        ),
        lines=tuple(rows),
        total=_("Total"),
        unit=_("thousand yen"),
    )


def continuing_costs(fiscal_year: FiscalYear, proposals: Sequence[Any]) -> RequestTable:
    """継続費調書: the total and its yearly shares (地方自治法第212条)."""
    lines = [line for each in proposals for cost in each.continuing_costs.all() for line in _shares(each, cost)]
    return RequestTable(
        title=_("%(year)s record of continuing costs") % {"year": fiscal_year},
        name=_("Continuing costs"),
        columns=(*_places(), Column(_("Yearly share"), "amount", 13), *sources(4), Column(_("Reason"), width=24)),
        lines=tuple(lines),
        total=_("Total"),
        unit=_("thousand yen"),
    )


def _shares(proposal: Any, cost: Any) -> list[Line]:
    head = Line((*_place(proposal, cost), SUM, *(SUM,) * len(SHARES), None, cost.reason), level=1)
    rows = [
        Line(
            (
                "",
                "",
                indented(str(year.fiscal_year), 1),
                year.amount_k,
                *(getattr(year, key) for key in SHARES),
                None,
                "",
            )
        )
        for year in cost.years.all()
    ]
    return [head, *rows]


def long_contracts(fiscal_year: FiscalYear, proposals: Sequence[Any]) -> RequestTable:
    """長期継続契約: without a debt burden, within the budget of each year (地方自治法第234条の3)."""
    rows = [
        Line((*_place(each, item), period(item), item.yearly_k, item.legal_basis))
        for each in proposals
        for item in each.long_contracts.all()
    ]
    return RequestTable(
        title=_("Long-term contracts"),
        columns=(
            *_places(),
            Column(_("Period"), "middle", 24),
            Column(_("Amount a year"), "amount", 14),
            Column(_("Article of the ordinance"), width=36),
        ),
        lines=tuple(rows),
        total=_("Total"),
        unit=_("thousand yen"),
    )


def carryovers(fiscal_year: FiscalYear, proposals: Sequence[Any]) -> RequestTable:
    """繰越明許費: budgeted in the year, spent in the next (地方自治法第213条)."""
    rows = [
        Line((*_place(each, item), str(each.fiscal_year), str(item.spent_in), item.amount_k, item.reason))
        for each in proposals
        for item in each.carryovers.all()
    ]
    return RequestTable(
        title=_("Amounts that may be carried over"),
        name=_("Carried over"),
        columns=(
            *_places(),
            Column(_("Budgeted in fiscal year"), "middle", 14),
            Column(_("Spent in fiscal year"), "middle", 14),
            Column(_("Amount"), "amount", 12),
            Column(_("Reason"), width=36),
        ),
        lines=tuple(rows),
        total=_("Total"),
        unit=_("thousand yen"),
    )


def investment(fiscal_year: FiscalYear, proposals: Sequence[Any]) -> RequestTable:
    """Initial and running cost, five years, the city's own share of them, and what comes back each year."""
    later = [fiscal_year + n for n in range(5)]
    return RequestTable(
        title=_("Cost over five years and effect"),
        name=_("Investment"),
        columns=(
            Column(_("Project"), width=30),
            Column(_("Initial (yen)"), "amount", 13),
            Column(_("Running (yen)"), "amount", 13),
            *(Column(str(year), "amount", 11, group=_("Cost of the year")) for year in later),
            Column(_("Five years"), "across", 12, of=(3, 7)),
            Column(_("of which the city's own share"), "amount", 13),
            Column(_("Staff hours saved a year"), "amount", 14),
            Column(_("Yen saved a year"), "amount", 14),
            Column(_("Hours of citizens saved a year"), "amount", 14),
        ),
        lines=tuple(Line(_invested(each)) for each in proposals),
        total=_("Total"),
        unit=_("thousand yen"),
        notes=(
            _(
                "Years without an entry cost nothing here; grants of later years are not assumed. Shares of continuing "
                "costs are added, and what their sources pay is not the city's."
            ),
        ),
    )


def _invested(proposal: Any) -> tuple[Any, ...]:
    yen, years = yen_totals(proposal), five_years(proposal)
    return (
        proposal.name,
        yen["initial_yen"],
        yen["running_yen"],
        *(year.amount_k for year in years),
        None,
        sum(year.general_k for year in years),
        proposal.hours_saved,
        proposal.yen_saved,
        proposal.citizen_hours_saved,
    )
