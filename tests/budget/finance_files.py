"""Files of the finance system, kept and taken over as its pages do it."""

from typing import Any

from apps.budget.choices import AmountBasis
from apps.budget.models import FinanceImport
from apps.budget.services.finance_import import keep_finance_file, plan_finance_file, take_over_finance_file
from apps.core.fiscal import FiscalYear
from apps.core.models import Upload
from apps.organization.models import User

YEAR = FiscalYear(2023)


def text(*rows: str, head: str, encoding: str = "utf-8") -> bytes:
    """A file of these lines."""
    return "\r\n".join([head, *rows, ""]).encode(encoding)


def kept(content: bytes, by: User, basis: str = AmountBasis.PREVIOUS, **more: Any) -> Upload:
    """The upload of a file in which nothing is wrong."""
    values = {"stage": None, "file_format": None, "year": YEAR, "name": "export.csv"} | more
    upload, reading = keep_finance_file(content=content, basis=basis, by=by, **values)
    assert reading.faults == []
    assert upload is not None
    return upload


def taken(content: bytes, by: User, basis: str = AmountBasis.PREVIOUS, **more: Any) -> FinanceImport:
    """What was taken over of the file, as its preview showed it."""
    upload = kept(content, by, basis, **more)
    return take_over_finance_file(upload=upload, mark=plan_finance_file(upload).mark, by=by).file
