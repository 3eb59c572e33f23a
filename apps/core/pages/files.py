"""A table as a file that the browser keeps, in every format in which lists are given."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

from apps.core.files import disposition
from apps.core.writers import Column
from apps.core.writers.csv import write_csv
from apps.core.writers.json import write_json
from apps.core.writers.xlsx import write_xlsx

EXPORTS = {
    "xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "csv": ("CSV (UTF-8)", "text/csv; charset=utf-8", "csv"),
    "csv-cp932": ("CSV (CP932)", "text/csv; charset=cp932", "csv"),
    "json": ("JSON", "application/json", "json"),
}


def table_file(
    wanted: str,
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Any],
    *,
    title: str,
    saved_as: str,
    classification: str = "",
) -> HttpResponse:
    """The rows in the format that is `wanted`.

    The file is kept as `saved_as`; `name` stands for it where only ASCII is read. Both are without their ending.
    """
    _label, content_type, extension = EXPORTS[wanted]
    if wanted == "xlsx":
        written: Any = write_xlsx(title, columns, rows, classification=classification)
    elif wanted == "json":
        written = write_json(columns, rows)
    else:
        written = write_csv(columns, rows, encoding="cp932" if wanted == "csv-cp932" else "utf-8-sig")
    response = HttpResponse(written, content_type=content_type)
    response["Content-Disposition"] = disposition(f"{saved_as}.{extension}", plain=f"{name}.{extension}")
    return response
