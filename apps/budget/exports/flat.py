"""Flat files for spreadsheets and other systems: one row for each proposal, or one for each cost line."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from apps.budget.choices import CostKind, Source
from apps.budget.exports.columns import bases_of
from apps.budget.exports.formats import SheetFormats, height_of
from apps.budget.selectors import CostRow, cost_rows
from apps.core.writers import Column
from apps.core.writers.csv import CsvExport, Encoding, write_csv
from apps.core.writers.xlsx import write_xlsx_into

# Of the columns in the workbook's own sheet.
WIDTHS = {
    "account": 12,
    "kan": 14,
    "kou": 18,
    "moku": 18,
    "project_code": 12,
    "project": 26,
    "unit": 18,
    "expense_item": 16,
}
WIDTHS |= {"item_number": 6, "description": 30, "subitem": 13, "host_name": 12, "amount_yen": 13, "unit_price_yen": 12}
WIDTHS |= {"fiscal_year": 7, "kind": 8, "quantity": 8, "quantity_unit": 8, "months": 5, "tax_percent": 7, "group": 8}
# Two sheets of A4 beside each other, the second from the description on: on one the letters would be half the size.
SHEETS_ACROSS = 2
ON_EVERY_SHEET = ("project_code", "project")
SOURCES = (*(f"{source.value}_k" for source in Source), "general_k")


def request_csv(proposals: Iterable[Any], encoding: Encoding = "utf-8-sig") -> bytes:
    """Amounts in 千円; the sum of a column is the total of the request. In CP932 〓 stands for what that lacks."""
    return b"".join(csv_of(proposals, encoding))


def csv_of(proposals: Iterable[Any], encoding: Encoding) -> CsvExport:
    """The same as a stream that knows in the end which characters were lost."""
    return write_csv(csv_columns(), (csv_row(proposal) for proposal in proposals), encoding=encoding)


def _places() -> list[Column]:
    return [
        Column("fiscal_year", _("Fiscal year"), "year"),
        Column("account", _("Account")),
        Column("kan", _("Kan")),
        Column("kou", _("Kou")),
        Column("moku", _("Moku")),
        Column("group", _("Group of projects")),
        Column("project_code", _("Project code"), "code"),
        Column("project", _("Project")),
        Column("kind", _("Kind of request")),
        Column("unit", _("Requesting unit")),
    ]


def _place(proposal: Any) -> list[Any]:
    item = proposal.budget_item
    levels = ("kan", "kou", "moku", "group")
    names = [f"{getattr(item, name)} {getattr(item, f'{name}_name')}".strip() for name in levels]
    return [
        int(proposal.fiscal_year),
        item.account.name,
        *names,
        proposal.project_code,
        proposal.name,
        proposal.get_kind_display(),
        proposal.requesting_unit.name,
    ]


def _source_columns() -> list[Column]:
    typed = [Column(f"{source.value}_k", str(source.label), "number") for source in Source]
    return [*typed, Column("general_k", _("General revenue"), "number")]


def csv_columns() -> list[Column]:
    return [
        *_places(),
        Column("stage", _("Stage")),
        Column("request_k", _("Request (thousand yen)"), "number"),
        *_source_columns(),
        Column("allocation_k", _("of which allocation tax is expected"), "number"),
        Column("settled_k", _("Settled account of the previous year"), "number"),
        Column("current_k", _("Budget of this year with supplements"), "number"),
        Column("previous_k", _("Initial budget of this year"), "number"),
        Column("change_k", _("Difference"), "number"),
    ]


def csv_row(proposal: Any) -> list[Any]:
    settled, current, previous, request = bases_of(proposal.request_lines.all())
    amounts = [proposal.request_k, *(getattr(proposal, key) for key in SOURCES), proposal.allocation_k]
    return [*_place(proposal), proposal.stage_shown, *amounts, settled, current, previous, request - previous]


def cost_columns() -> list[Column]:
    """The columns of the flat list: the amounts of a 節 stand in its first row, the sources in that of the project."""
    return [
        *_places(),
        Column("item_number", _("Number of the expense item"), "number"),
        Column("expense_item", _("Expense item")),
        Column("subitem", _("Sub-item")),
        Column("host_code", _("Code of the project that holds the line"), "code"),
        Column("host_name", _("Project that holds the line")),
        Column("description", _("Description")),
        Column("unit_price_yen", _("Unit price (yen)"), "number"),
        Column("quantity", _("Quantity"), "number"),
        Column("quantity_unit", _("Unit of quantity")),
        Column("months", _("Months"), "number"),
        Column("tax_percent", _("Tax to add (%)"), "number"),
        Column("amount_yen", _("Amount (yen)"), "number"),
        Column("cost_kind", _("Kind of cost")),
        Column("eligible", _("Eligible for the grant")),
        Column("request_k", _("Request (thousand yen)"), "number"),
        *_source_columns(),
    ]


def flat_rows(each: Iterable[tuple[Any, list[CostRow]]]) -> Iterator[list[Any]]:
    """One row for each cost line of each proposal."""
    kinds = {kind.value: str(kind.label) for kind in CostKind}
    marks = {True: _("Yes"), False: _("No"), None: None}
    nothing = [None] * len(SOURCES)
    for proposal, rows in each:
        place, sources = _place(proposal), [getattr(proposal, key) for key in SOURCES]
        for row in rows:
            number, item, line_sub, code, host, request_k = row.line
            what, sub, price, quantity, unit, months, tax, yen, kind, eligible = row.cost
            yield [
                *place,
                *(number, item, sub or line_sub, code, host, what, price, quantity, unit, months, tax, yen),
                *(kinds.get(kind), marks[eligible], request_k if row.opens_line else None),
                *sources,
            ]
            sources = nothing


def request_flat(file: Any, proposals: Any) -> None:
    """Every cost line of the proposals (a queryset) as one sheet, written in constant memory into a file."""
    rows = flat_rows(cost_rows(proposals))
    label = _("Confidentiality 2 (within the city hall)")
    write_xlsx_into(file, _("Cost lines"), cost_columns(), rows, classification=label, wrap=False)


def _loaded(proposal: Any) -> list[CostRow]:
    """The rows of a proposal that carries its lines, as `cost_rows` reads them."""
    found = [row for line in proposal.request_lines.all() for row in _loaded_line(line)]
    return found or [CostRow(True, (None,) * 6, (None,) * 10)]


def _loaded_line(line: Any) -> list[CostRow]:
    item = line.expense_item
    head = (item.item_number, item.name, line.subitem, line.host_code, line.host_name, line.request_k)
    costs = [_loaded_cost(cost) for cost in line.cost_lines.all()] or [(None,) * 10]
    return [CostRow(number == 0, head, cost) for number, cost in enumerate(costs)]


def _loaded_cost(cost: Any) -> tuple[Any, ...]:
    names = ("description", "subitem", "unit_price_yen", "quantity", "unit", "months", "tax_percent", "amount_yen")
    return (*(getattr(cost, name) for name in names), cost.kind, cost.eligible)


def write_flat_sheet(book: Any, formats: SheetFormats, proposals: Iterable[Any]) -> None:
    """The same list as a sheet of the workbook."""
    sheet, columns = book.add_worksheet(_("Cost lines")), cost_columns()
    widths = [WIDTHS.get(column.key, 10) for column in columns]
    formats.set_up(sheet, widths=widths, repeat=(0, 0))
    _set_up_print(sheet, [column.key for column in columns])
    for at, column in enumerate(columns):
        sheet.write_string(0, at, column.label, formats.head)
    sheet.set_row(0, 34)
    last = 0
    for last, row in enumerate(flat_rows((each, _loaded(each)) for each in proposals), start=1):
        sheet.set_row(last, height_of((text, widths[at]) for at, text in enumerate(row) if isinstance(text, str)))
        for at, value in enumerate(row):
            _write(
                sheet, last, at, value, formats, whole=formats.year if columns[at].kind == "year" else formats.amount
            )
    sheet.autofilter(0, 0, last, len(columns) - 1)


def _set_up_print(sheet: Any, keys: list[str]) -> None:
    """The columns over as many sheets as keep them legible, the project on each of them."""
    sheet.fit_to_pages(SHEETS_ACROSS, 0)
    sheet.repeat_columns(*(keys.index(key) for key in ON_EVERY_SHEET))
    sheet.print_across()


def _write(sheet: Any, row: int, at: int, value: Any, formats: SheetFormats, whole: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(row, at, None, formats.text)
    elif isinstance(value, str):
        sheet.write_string(row, at, value, formats.text)
    else:
        sheet.write_number(row, at, value, whole if value % 1 == 0 else formats.decimal)
