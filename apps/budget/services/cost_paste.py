"""A range of a spreadsheet as text: cells parted by tabs, as Excel and LibreOffice put them on the clipboard."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from apps.budget.services.cost_cells import COLUMNS, CostRow, Items, folded, is_empty, read_row

MOST_ROWS = 500
# What the columns are called in the sheets of cities; the amount is computed and never taken over.
AMOUNT = "amount"
HEADS = {
    "item": ("節", "節名", "節番号", "節・細節"),
    "subitem": ("細節", "細節名"),
    "description": ("内容", "積算", "積算内容", "品名", "説明", "内訳", "項目"),
    "price": ("単価", "単価(円)", "単価円", "税抜単価", "税込単価"),
    "quantity": ("数量", "員数", "個数", "人数", "台数", "回数"),
    "unit": ("単位",),
    "months": ("月数", "月", "ヶ月", "か月", "期間"),
    "tax": ("税", "税(%)", "消費税", "税率", "税率(%)", "消費税率"),
    "kind": ("区分", "経費区分", "初期/経常"),
    "eligible": ("対象", "交付対象", "補助対象", "対象経費"),
    "host": ("計上する事業", "計上事業", "事業コード"),
    AMOUNT: ("金額", "金額(円)", "金額円", "小計", "計"),
}


@dataclass
class Pasted:
    """The typed rows, in the order of the text, and what is wrong: (line from 1, name of the column, words)."""

    cells: list[dict[str, str]] = field(default_factory=list)
    rows: list[CostRow] = field(default_factory=list)
    errors: list[tuple[int, str, str]] = field(default_factory=list)


def read_paste(text: str, items: Items) -> Pasted:
    """Every row of the text; a first row of column names says which column is which."""
    pasted = Pasted()
    try:
        table = _table_of(text)
    except csv.Error:
        pasted.errors.append((1, "", _("This is no range of a spreadsheet.")))
        return pasted
    named = column_names(table[0][1]) if table else []
    names: Sequence[str] = named or list(COLUMNS)
    if len(table) - bool(named) > MOST_ROWS:
        pasted.errors.append((MOST_ROWS + 1, "", _("At most %(most)s rows at a time.") % {"most": MOST_ROWS}))
        return pasted
    above: dict[str, str] = {}
    for line, row in table[bool(named) :]:
        cells = {name: cell.strip() for name, cell in zip(names, row, strict=False) if name and name != AMOUNT}
        cells.setdefault("kind", "initial")
        if not cells.get("item"):
            # Below a merged cell there is nothing: the row belongs to the 節 above.
            cells |= {name: cells.get(name) or there for name, there in above.items()}
        above = {name: cells.get(name, "") for name in ("item", "subitem")}
        if is_empty(cells):
            continue
        read = read_row(cells, items)
        pasted.cells.append(cells)
        pasted.rows += [read.row] if read.row else []
        pasted.errors += [(line, str(COLUMNS[name]), words) for name, words in read.errors.items()]
    return pasted


def _table_of(text: str) -> list[tuple[int, list[str]]]:
    """The rows that say something, each with the line of the text on which it begins, from 1."""
    lines, table, begins = csv.reader(io.StringIO(text.replace("\0", "")), delimiter="\t"), [], 1
    for row in lines:
        if any(map(str.strip, row)):
            table.append((begins, row))
        begins = lines.line_num + 1
    return table


def column_names(row: Sequence[str]) -> list[str]:
    """The columns that a first row names, "" where it says something else; nothing where it is no such row."""
    known = {name: column for column, names in HEADS.items() for name in names}
    found = [known.get(folded(cell).replace(" ", ""), "") for cell in row]
    return found if sum(map(bool, found)) >= 2 else []
