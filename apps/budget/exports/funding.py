"""Where the money comes from: every source with its rate and state, and the budget of revenue that follows from it."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from apps.budget.choices import Source
from apps.budget.exports.columns import Path, indented, tree
from apps.budget.exports.table import SUM, Column, Line, RequestTable
from apps.core import money
from apps.core.fiscal import FiscalYear

GRANTED = (Source.NATIONAL, Source.PREFECTURE)


def rate_of(funding: Any) -> str:
    """The rate as it is printed, unreduced; of a bond the percentage of its base."""
    if funding.rate_denominator:
        return f"{funding.rate_numerator}/{funding.rate_denominator}"
    if funding.bond_percent is not None:
        return _("%(percent)s %% of %(base)s thousand yen") % {
            "percent": funding.bond_percent,
            "base": money.number(funding.bond_base_k or 0),
        }
    return ""


def eligible_yen(funding: Any, proposal: Any) -> int | None:
    """The cost to which a rate applies: as typed, else the cost lines that are marked; nothing without a rate."""
    if not funding.rate_denominator:
        return None
    if funding.eligible_yen is not None:
        return int(funding.eligible_yen)
    costs = (cost for line in proposal.request_lines.all() for cost in line.cost_lines.all())
    return sum(cost.amount_yen for cost in costs if cost.eligible)


def name_of(funding: Any) -> str:
    """The source with the call that it rides on, where that has another name."""
    if funding.grant and funding.grant.name not in funding.name:
        return f"{funding.name}\n{funding.grant.name}"
    return str(funding.name)


BASIS_COLUMNS = 8


def basis_columns() -> tuple[Column, ...]:
    """特定財源の内訳 (単価・補助率・件数) and 不採択時の扱い."""
    return (
        Column(_("Eligible cost (yen)"), "number", 14),
        Column(_("Rate"), "middle", 13),
        Column(_("Cap"), "number", 10),
        Column(_("Floor"), "number", 9),
        Column(_("State"), "middle", 11),
        Column(_("If it is not adopted"), "middle", 13),
        Column(_("Request that then remains"), "number", 11),
        Column(_("Basis"), width=30),
    )


def basis_of(funding: Any, proposal: Any) -> tuple[Any, ...]:
    return (
        eligible_yen(funding, proposal),
        rate_of(funding),
        funding.cap_k,
        funding.floor_k,
        funding.get_status_display(),
        funding.get_if_not_adopted_display(),
        funding.fallback_k,
        funding.basis,
    )


def funding_table(fiscal_year: FiscalYear, proposals: Sequence[Any]) -> RequestTable:
    """Every source of every proposal; general revenue, which nobody types, last."""
    return RequestTable(
        title=_("%(year)s budget request: sources of money") % {"year": fiscal_year},
        name=_("Sources of money"),
        columns=(
            Column(_("Project and source"), width=26),
            Column(_("Name"), width=28),
            Column(_("Amount"), "amount", 12),
            *basis_columns(),
        ),
        lines=tuple(line for proposal in proposals for line in _funded(proposal)),
        total=_("Total"),
        unit=_("thousand yen"),
        notes=(_("Eligible cost in yen, all else in thousand yen. General revenue is what the other sources leave."),),
    )


def _funded(proposal: Any) -> list[Line]:
    blank = (None,) * BASIS_COLUMNS
    rows = [
        Line(
            (
                indented(funding.get_source_display(), 1),
                name_of(funding),
                funding.amount_k,
                *basis_of(funding, proposal),
            )
        )
        for funding in proposal.fundings.all()
    ]
    own = Line((indented(_("General revenue"), 1), "", proposal.general_k, *blank))
    words = proposal.if_not_adopted
    return [Line((proposal.name, "", SUM, *blank[:-1], words), level=1), *rows, own]


def revenue_request(fiscal_year: FiscalYear, proposals: Sequence[Any]) -> RequestTable:
    """歳入予算要求書: the money of nation and prefecture by the items of revenue."""
    title = _("%(year)s budget request (revenue): national and prefectural money") % {"year": fiscal_year}
    return _revenue(title, _("Revenue request"), proposals, GRANTED)


def other_revenue(fiscal_year: FiscalYear, proposals: Sequence[Any]) -> RequestTable:
    """The bonds and the other sources, by the items of revenue."""
    title = _("%(year)s budget request (revenue): bonds and other sources") % {"year": fiscal_year}
    return _revenue(title, _("Bonds and other revenue"), proposals, (Source.BOND, Source.OTHER))


def _revenue(title: str, name: str, proposals: Sequence[Any], kinds: Iterable[Source]) -> RequestTable:
    found = [(funding, proposal) for proposal in proposals for funding in proposal.fundings.all()]
    wanted = sorted(((_place(f), f, p) for f, p in found if f.source in set(kinds)), key=lambda each: each[0])
    branches = [
        (path, [_revenue_line(funding, proposal, len(path)) for _path, funding, proposal in rows])
        for (_missing, path), rows in groupby(wanted, key=lambda each: each[0])
    ]

    def heading(path: Path) -> tuple[Any, ...]:
        return (indented(path[-1], len(path) - 1), "", "", "", SUM, *(None,) * BASIS_COLUMNS)

    lacking = sum(funding.revenue_item is None for _place, funding, _proposal in wanted)
    notes = (_("Sources without a revenue item: %(count)s") % {"count": lacking},) if lacking else ()
    return RequestTable(
        title=title,
        name=name,
        columns=(
            Column(_("Account, kan, kou, moku, setsu"), width=34),
            Column(_("Project"), width=26),
            Column(_("Requesting unit"), width=14),
            Column(_("Name"), width=26),
            Column(_("Amount"), "amount", 12),
            *basis_columns(),
        ),
        lines=tuple(tree(branches, heading)),
        total=_("Total"),
        unit=_("thousand yen"),
        notes=notes,
    )


def _place(funding: Any) -> tuple[bool, Path]:
    """Where the money stands in the budget of revenue; what has no place yet comes last and says so."""
    item = funding.revenue_item
    if item is None:
        return True, (_("No revenue item yet: %(source)s") % {"source": funding.get_source_display()},)
    return False, (f"{item.account.code} {item.account.name}", *(f"{code} {name}" for code, name in item.levels))


def _revenue_line(funding: Any, proposal: Any, depth: int) -> Line:
    place = (proposal.name, proposal.requesting_unit.name, name_of(funding))
    label = indented(funding.get_source_display(), depth)
    return Line((label, *place, funding.amount_k, *basis_of(funding, proposal)))


def allocation_memo(fiscal_year: FiscalYear, proposals: Sequence[Any]) -> RequestTable:
    """特別交付税: part of general revenue, expected and never taken from it."""
    rows = [
        Line((each.name, each.requesting_unit.name, each.general_k, each.allocation_k, each.allocation_basis))
        for each in proposals
        if each.allocation_k is not None
    ]
    return RequestTable(
        title=_("Special local allocation tax that is expected (memo)"),
        name=_("Allocation tax (memo)"),
        columns=(
            Column(_("Project"), width=40),
            Column(_("Requesting unit"), width=22),
            Column(_("General revenue"), "amount", 14),
            Column(_("of which allocation tax is expected"), "amount", 18),
            Column(_("Basis of that"), width=50),
        ),
        lines=tuple(rows),
        total=_("Total"),
        unit=_("thousand yen"),
        notes=(_("Part of general revenue: it is not taken off any amount of the request."),),
    )
