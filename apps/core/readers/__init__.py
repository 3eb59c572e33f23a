"""Files that people bring, read into plain values with the places where they stand."""

from apps.core.readers.delimited import read_delimited, read_table_file
from apps.core.readers.rows import (
    NO,
    ROWS_BEFORE_THE_HEADINGS,
    YES,
    CellReader,
    Fault,
    columns_of,
    doubled,
    find_head,
    missing,
    plain_word,
)
from apps.core.readers.xlsx import (
    DAMAGED,
    Row,
    Sheet,
    WorkbookRefused,
    address,
    damaged,
    read_workbook,
    repacked,
)

__all__ = [
    "DAMAGED",
    "NO",
    "ROWS_BEFORE_THE_HEADINGS",
    "YES",
    "CellReader",
    "Fault",
    "Row",
    "Sheet",
    "WorkbookRefused",
    "address",
    "columns_of",
    "damaged",
    "doubled",
    "find_head",
    "missing",
    "plain_word",
    "read_delimited",
    "read_table_file",
    "read_workbook",
    "repacked",
]
