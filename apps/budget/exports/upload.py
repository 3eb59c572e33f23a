"""The year's request as a file that the finance system takes, in the form that the city has set."""

from typing import Any

from apps.budget.models import FinanceFileFormat
from apps.budget.selectors.upload_columns import UPLOAD_COLUMNS, UploadRow
from apps.core.money import YEN_PER_K
from apps.core.writers import Column
from apps.core.writers.csv import CsvExport, write_csv

CHARSETS = {"utf-8-sig": "utf-8", "cp932": "cp932"}


def upload_columns(file_format: FinanceFileFormat) -> list[Column]:
    """The columns of the format, under the names that the finance system knows."""
    kinds: dict[str, Any] = {"amount": "number", "code": "code", "text": "text"}
    return [Column(name, name, kinds[UPLOAD_COLUMNS[name].kind]) for name in file_format.columns]


def upload_cells(file_format: FinanceFileFormat, row: UploadRow) -> list[Any]:
    """One row as the format writes it."""
    unit = YEN_PER_K if file_format.amounts_in_yen else 1
    cells = []
    for name in file_format.columns:
        column = UPLOAD_COLUMNS[name]
        value = column.value(row)
        cells.append(value * unit if column.kind == "amount" else value)
    return cells


def upload_file(file_format: FinanceFileFormat, rows: list[UploadRow]) -> CsvExport:
    """The file; once read to its end, `lost` names the characters that became 〓."""
    return write_csv(
        upload_columns(file_format),
        (upload_cells(file_format, row) for row in rows),
        encoding="cp932" if file_format.encoding == "cp932" else "utf-8-sig",
        delimiter=file_format.delimiter,
        has_header=file_format.has_header,
    )
