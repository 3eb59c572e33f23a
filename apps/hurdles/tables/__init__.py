"""The columns of the lists of hurdles, common hurdles and solved cases."""

from apps.hurdles.tables.common_hurdles import CommonHurdleTable
from apps.hurdles.tables.hurdles import HurdleTable
from apps.hurdles.tables.solved_cases import SolvedCaseTable

__all__ = ["CommonHurdleTable", "HurdleTable", "SolvedCaseTable"]
