"""The budget request for print: the tables of the workbook on A4 landscape, then each proposal.

The tables are those of the workbook, so that the sums are, too. Amounts are in 千円 but for the costs, which are in
yen and say so.
"""

from collections.abc import Sequence
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from apps.budget.exports import words
from apps.budget.exports.as_data import facts_data, table_data
from apps.budget.exports.columns import (
    COMPUTED,
    Given,
    appraised,
    bases_of,
    compared,
    given_to,
    holds_untold,
    own_part,
    sources,
    sources_of,
)
from apps.budget.exports.funding import basis_columns, basis_of, name_of
from apps.budget.exports.overview import holds_drafts
from apps.budget.exports.table import Column, Line, RequestTable
from apps.budget.exports.tables import tables_of
from apps.budget.selectors.stages import Spread, spread, standing_where_told
from apps.core import clock, fonts, money
from apps.core.fiscal import FiscalYear
from apps.core.text import clean
from apps.core.wareki import format_date
from apps.core.writers.pdf import compile_pdf
from apps.organization.selectors import city

TEMPLATE = "documents/request.typ"


def request_pdf(fiscal_year: FiscalYear, proposals: Sequence[Any]) -> bytes:
    """The whole request. Raises ThreadsLostInFork."""
    return compile_pdf(TEMPLATE, request_data(fiscal_year, proposals), clock.today())


def request_data(fiscal_year: FiscalYear, proposals: Sequence[Any]) -> dict[str, Any]:
    """All that the template sets; `proposals` carry all that `with_every_part` adds."""
    present, day, moment = city(), clock.today(), clock.now().astimezone(clock.TOKYO)
    made = _("All figures are as they stood at %(moment)s.") % {"moment": f"{format_date(moment)} {moment:%H:%M}"}
    given = standing_where_told(proposals)
    chapters = [
        *_parts(fiscal_year, proposals, given),
        *((proposal.name, _proposal(proposal, own_part(given, proposal))) for proposal in proposals),
    ]
    return {
        "title": _("%(year)s budget request (expenditure and revenue)") % {"year": fiscal_year},
        "city": present.name if present else "",
        "draft": "　".join(_what_it_holds(proposals, given)),
        "as_of": _("as of %(day)s") % {"day": format_date(day)},
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "classification": _("Confidentiality 2 (within the city hall)"),
        "sans": fonts.SANS,
        "labels": {"contents": _("Contents"), "nothing": _("Nothing applies."), "moment": made},
        "chapters": [
            {"heading": f"{number}　{clean(title)}", "blocks": blocks}
            for number, (title, blocks) in enumerate(chapters, start=1)
        ],
    }


def _what_it_holds(proposals: Sequence[Any], given: Given) -> list[str]:
    """What stands on every page, so that one sees to whom it may be given."""
    drafts = [_("drafts included")] if holds_drafts(proposals) else []
    return [*drafts, *([_("appraised amounts that are not told yet")] if holds_untold(proposals, given) else [])]


def _parts(fiscal_year: FiscalYear, proposals: Sequence[Any], given: Given) -> list[tuple[str, list[dict[str, Any]]]]:
    """The tables by chapters: what belongs together stands together."""
    tables = iter(tables_of(fiscal_year, proposals, given))
    titles = (
        (_("Summary"), 1),
        (_("By item"), 3),
        (_("Sources of money"), 2),
        (_("Revenue request"), 2),
        (_("Later years"), 4),
        (_("Investment"), 1),
    )
    return [(title, [table_data(table) for table in islice(tables, count)]) for title, count in titles]


def _proposal(proposal: Any, given: Given) -> list[dict[str, Any]]:
    blocks = [_places(proposal), table_data(_amounts(proposal, given)), *_texts("", words.outline(proposal))]
    if proposal.allocation_k is not None:
        memo = f"{money.signed(proposal.allocation_k)} {_('(thousand yen)')}　{proposal.allocation_basis}"
        blocks += _texts("", [(_("of which special allocation tax is expected (memo)"), memo)])
    if proposal.fundings.all():
        blocks.append(table_data(_specific(proposal)))
    return [*blocks, table_data(_lines(proposal, given)), *_texts(_("Later years"), words.later_years(proposal))]


def _places(proposal: Any) -> dict[str, Any]:
    """Whose it is, two facts a row."""
    facts = [text for fact in words.places(proposal) for text in fact]
    rows = [facts[at : at + 4] for at in range(0, len(facts), 4)]
    return facts_data("", rows, [28, 105, 28])


def _texts(title: str, said: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    return [facts_data(title, [list(each) for each in said], [40])] if said else []


def _amounts(proposal: Any, given: Given) -> RequestTable:
    """The comparison and the sources on one row, as the form has them."""
    bases = bases_of(proposal.request_lines.all())
    row = Line((*bases, *COMPUTED, *sources_of([proposal]), None, *given_to(proposal, given)))
    return RequestTable(
        title=_("Request and sources of money"),
        columns=(*compared(proposal.fiscal_year, 0), *sources(6, asked=bool(given)), *appraised(given)),
        lines=(row,),
        unit=_("thousand yen"),
    )


def _lines(proposal: Any, given: Given) -> RequestTable:
    told = spread(proposal, given[proposal.pk]) if given else Spread({}, {})
    rows: list[tuple[Any, ...]] = [
        (words.expense_item(line), line.subitem, _costs(line), *bases_of([line]), *COMPUTED, told.by_line.get(line.pk))
        for line in proposal.request_lines.all()
    ]
    nothing = (None,) * 6  # neither bases nor what is computed of them
    rows += [(str(item), "", words.only_appraised(), *nothing, amount) for item, amount in told.beyond.items()]
    columns = (
        Column(_("Expense item"), width=20),
        Column(_("Sub-item"), width=15),
        Column(_("Basis of the costs (yen)"), width=78),
        *compared(proposal.fiscal_year, 3),
        *appraised(given),
    )
    return RequestTable(
        title=_("Expense items"),
        columns=columns,
        lines=tuple(Line(row[: len(columns)]) for row in rows),
        total=_("Total"),
        unit=_("thousand yen"),
    )


def _costs(line: Any) -> str:
    costs = "\n".join(words.cost(cost) for cost in line.cost_lines.all())
    return costs or _("Nothing is asked for this year.")


def _specific(proposal: Any) -> RequestTable:
    """特定財源の内訳, and 不採択時の扱い of each source."""
    rows = (
        Line((funding.get_source_display(), name_of(funding), funding.amount_k, *basis_of(funding, proposal)))
        for funding in proposal.fundings.all()
    )
    return RequestTable(
        title=_("Basis of the specific sources"),
        columns=(
            Column(_("Source of money"), width=12),
            Column(_("Name"), width=34),
            Column(_("Amount"), "amount"),
            *basis_columns(),
        ),
        lines=tuple(rows),
        total=_("Total"),
        unit=_("thousand yen"),
    )
