"""The flat list of a year's request at 1,000 and 10,000 proposals of 20 cost lines each, beside a bare XlsxWriter loop.

Both take turns; the memory is that of a process of its own, which does nothing but write.
"""

import json
import os
import subprocess
import sys
import time
from tempfile import TemporaryFile
from typing import Any

from benchmarks.memory import held_kb, peak_kb

YEAR = 2099  # nobody else's proposals
SIZES = (1_000, 10_000)
LINES, COSTS = 5, 4
RUNS = 2  # the quicker one counts


def flat_list() -> dict[str, Any]:
    """Seconds of the export and of the loop at the larger size; how much the memory grew from the smaller one."""
    grown: dict[int, float] = {}
    for already, size in zip((0, *SIZES), SIZES, strict=False):
        fill(size - already, already)
        grown[size] = float(child("memory"))
    export, bare, rows = (float(each) for each in child("times").split())
    memory = {"small_mb": grown[SIZES[0]], "large_mb": grown[SIZES[1]]}
    return {"proposals": SIZES[1], "rows": int(rows), "export": export, "bare": bare, **memory}


def child(what: str) -> str:
    said = subprocess.run(
        [sys.executable, "-m", "benchmarks.budget", what], env=os.environ, check=True, stdout=subprocess.PIPE, text=True
    )
    return said.stdout.splitlines()[-1]


def fill(count: int, already: int) -> None:
    """Proposals straight into the tables, by the database itself: they need no history here."""
    from django.db import connection, transaction  # noqa: PLC0415 after setup

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("SET LOCAL statement_timeout = 0")
        for statement in _statements(cursor):
            cursor.execute(statement, {"count": count, "already": already, "year": YEAR})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE budget_proposal, budget_requestline, budget_costline, budget_funding")


def _statements(cursor: Any) -> list[str]:
    """Accounts, then proposals, their 節, their costs, and half of each paid by the nation."""
    defaults = {"proposal": _place(cursor)}
    return [
        _insert(cursor, "budget_proposal", defaults["proposal"], "generate_series(1, %(count)s) AS n"),
        _insert(cursor, "budget_requestline", _lines(cursor), _own("p", f"generate_series(1, {LINES}) AS n")),
        _insert(cursor, "budget_costline", _costs(), _under_lines()),
        _insert(cursor, "budget_funding", _money(), _own("p", "generate_series(1, 1) AS n")),
    ]


def _own(name: str, series: str) -> str:
    """The proposals of this filling, each with a series of numbers."""
    ours = f"{name}.fiscal_year = %(year)s AND {name}.project_code > lpad((%(already)s)::text, 8, '0')"
    return f"budget_proposal {name} CROSS JOIN {series} WHERE {ours}"


def _under_lines() -> str:
    return (
        "budget_requestline l JOIN budget_proposal p ON p.id = l.proposal_id "
        f"CROSS JOIN generate_series(1, {COSTS}) AS n "
        "WHERE p.fiscal_year = %(year)s AND p.project_code > lpad((%(already)s)::text, 8, '0')"
    )


def _place(cursor: Any) -> dict[str, str]:
    from apps.organization.models import Unit  # noqa: PLC0415
    from tests.factories.budget import BudgetItemFactory, BudgetStageFactory, ExpenseItemFactory  # noqa: PLC0415

    stage, item = BudgetStageFactory(name="起案"), BudgetItemFactory()
    for number in range(LINES):
        ExpenseItemFactory(item_number=40 + number, name=f"試験節{number}")
    unit = Unit.objects.order_by("pk").first()
    return {
        "fiscal_year": "%(year)s",
        "budget_item_id": str(item.pk),
        "stage_id": str(stage.pk),
        "requesting_unit_id": str(unit.pk if unit else 0),
        "project_code": "lpad((n + %(already)s)::text, 8, '0')",
        "name": "'窓口の見直しと電子申請への移行事業（その' || (n + %(already)s) || '）'",
        "kind": "'new'",
        "purpose": "'市民が窓口で待つ時間を減らす。'",
        "general_k": f"{LINES} * 500",
        "uid": "gen_random_uuid()",
        "version": "1",
    }


def _lines(cursor: Any) -> dict[str, str]:
    return {
        "proposal_id": "p.id",
        "expense_item_id": "(SELECT max(id) FROM budget_expenseitem WHERE item_number = 39 + n)",
        "request_k": "1000",
        '"order"': "n",
    }


def _costs() -> dict[str, str]:
    return {
        "request_line_id": "l.id",
        "description": "'受付システムの構築と既存システムとの連携' || n",
        "unit_price_yen": "125000.50",
        "quantity": "2",
        "unit": "'式'",
        "months": "1",
        "amount_yen": "250001",
        "kind": "'initial'",
        '"order"': "n",
    }


def _money() -> dict[str, str]:
    values = {"proposal_id": "p.id", "source": "'national'", "name": "'試験交付金'", "amount_k": f"{LINES} * 500"}
    return {**values, "if_not_adopted": "'reduce'", "status": "'assumed'"}


def _insert(cursor: Any, table: str, values: dict[str, str], source: str) -> str:
    """An INSERT that gives every other column that must not be empty the emptiest value of its type."""
    cursor.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s "
        "AND table_schema = 'public' AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'",
        [table],
    )
    given = {name.strip('"') for name in values}
    for name, kind in cursor.fetchall():
        if name not in given:
            values = {**values, f'"{name}"': EMPTIEST.get(kind, "''")}
    return f"INSERT INTO {table} ({', '.join(values)}) SELECT {', '.join(values.values())} FROM {source}"  # noqa: S608


EMPTIEST = {
    "boolean": "false",
    "bigint": "0",
    "integer": "0",
    "smallint": "0",
    "numeric": "0",
    "ARRAY": "'{}'",
    "jsonb": "'{}'",
    "timestamp with time zone": "now()",
    "date": "current_date",
    "uuid": "gen_random_uuid()",
}


def written() -> int:
    """The export as the page gives it, into a file on the disk; how many bytes that were."""
    from apps.budget.exports import request_flat  # noqa: PLC0415
    from apps.budget.selectors import all_of_year, one_view  # noqa: PLC0415
    from apps.core.fiscal import FiscalYear  # noqa: PLC0415

    with TemporaryFile() as file:
        with one_view():
            request_flat(file, all_of_year(FiscalYear(YEAR)))
        return file.tell()


def memory() -> float:
    """How many megabytes the peak of this process grows by."""
    before = held_kb()
    written()
    return (peak_kb() - before) / 1000


def times() -> str:
    """Seconds of the export, seconds of the bare loop over the same rows, rows."""
    from apps.budget.exports.flat import flat_rows  # noqa: PLC0415
    from apps.budget.selectors import all_of_year, cost_rows  # noqa: PLC0415
    from apps.core.fiscal import FiscalYear  # noqa: PLC0415

    cells = list(flat_rows(cost_rows(all_of_year(FiscalYear(YEAR)))))
    both = [(taken(written), taken(lambda: bare_loop(cells))) for _n in range(RUNS)]
    export, bare = (min(each) for each in zip(*both, strict=True))
    return f"{export} {bare} {len(cells)}"


def taken(work: Any) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def bare_loop(cells: list[list[Any]]) -> None:
    import xlsxwriter  # noqa: PLC0415

    with TemporaryFile() as file:
        book = xlsxwriter.Workbook(file, {"constant_memory": True})
        sheet = book.add_worksheet()
        for number, row in enumerate(cells):
            sheet.write_row(number, 0, row)
        book.close()


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(memory()) if sys.argv[1] == "memory" else times())
