"""How long something takes: median and 95th percentile of many runs, in milliseconds."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

RUNS, FEWEST = 30, 5
PATIENCE = 6_000  # milliseconds


@dataclass(frozen=True)
class Times:
    median: float
    p95: float


def times_of(work: Callable[[], Any], runs: int = RUNS) -> Times:
    """The first two runs warm up what a process keeps, and do not count. What is slow is run less often."""
    took: list[float] = []
    while len(took) < runs + 2 and (len(took) < FEWEST + 2 or sum(took) < PATIENCE):
        start = time.perf_counter()
        work()
        took.append((time.perf_counter() - start) * 1000)
    counted = sorted(took[2:])
    return Times(statistics.median(counted), counted[round((len(counted) - 1) * 0.95)])
