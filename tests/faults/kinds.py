"""A job that takes its time and leaves a mark that can be counted: one more number in a series of its own."""

import time

from apps.core.fiscal import FiscalYear
from apps.core.jobs import Finish, JobKind, Work, job_kinds
from apps.core.models.number import next_number

YEAR = FiscalYear(2022)
STEPS = 10


def count(work: Work) -> Finish:
    """Ten steps of `pause` seconds; the transaction of the result then stays open for `linger` seconds."""
    for step in range(1, STEPS + 1):
        work.progress(step * 100 // STEPS, f"{step}/{STEPS}")
        time.sleep(work.arguments["pause"])

    def finish() -> dict[str, str]:
        number = next_number(work.arguments["series"], YEAR)
        time.sleep(work.arguments["linger"])
        return {"number": number, "url": f"/reports/{number}/"}

    return finish


job_kinds.add(JobKind("tests.count", "数える", queue="reports", run=count))
