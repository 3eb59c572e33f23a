"""The filters of the lists of hurdles, common hurdles and solved cases."""

from apps.hurdles.filters.common_hurdles import CommonHurdleFilter
from apps.hurdles.filters.hurdles import HurdleFilter
from apps.hurdles.filters.solved_cases import SolvedCaseFilter

__all__ = ["CommonHurdleFilter", "HurdleFilter", "SolvedCaseFilter"]
