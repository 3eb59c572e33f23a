"""How long something takes: median and 95th percentile of many runs, in milliseconds."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

RUNS = 30


@dataclass(frozen=True)
class Times:
    median: float
    p95: float


def times_of(work: Callable[[], Any], runs: int = RUNS) -> Times:
    """The first two runs warm up what a process keeps, and do not count."""
    took = []
    for _run in range(runs + 2):
        start = time.perf_counter()
        work()
        took.append((time.perf_counter() - start) * 1000)
    counted = sorted(took[2:])
    return Times(statistics.median(counted), counted[max(0, int(len(counted) * 0.95) - 1)])
