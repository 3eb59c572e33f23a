"""The budget request as a file: 予算要求書 for the finance section and for print, a CSV for who computes further."""

from apps.budget.exports.document import request_pdf
from apps.budget.exports.flat import request_csv
from apps.budget.exports.workbook import request_workbook

__all__ = ["request_csv", "request_pdf", "request_workbook"]
