"""The budget request as a file: 予算要求書 for the finance section and for print, flat files for other programs."""

from apps.budget.exports.archive import section_workbooks, write_archive
from apps.budget.exports.document import request_pdf
from apps.budget.exports.files import FILES, RequestFile, content_type_of
from apps.budget.exports.flat import request_csv, request_flat
from apps.budget.exports.lost import lost_characters, lost_csv
from apps.budget.exports.workbook import request_workbook

__all__ = [
    "FILES",
    "RequestFile",
    "content_type_of",
    "lost_characters",
    "lost_csv",
    "request_csv",
    "request_flat",
    "request_pdf",
    "request_workbook",
    "section_workbooks",
    "write_archive",
]
