"""Files that people bring, read into plain values with the places where they stand."""

from apps.core.readers.xlsx import Row, Sheet, WorkbookRefused, address, read_workbook

__all__ = ["Row", "Sheet", "WorkbookRefused", "address", "read_workbook"]
