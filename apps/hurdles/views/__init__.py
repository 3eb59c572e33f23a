"""Pages of the hurdle registry."""

from apps.hurdles.views.common_hurdles import CommonHurdleDetail, CommonHurdleList
from apps.hurdles.views.hurdles import (
    HurdleDetail,
    HurdleEdit,
    HurdleList,
    HurdleLog,
    HurdleOrganize,
    HurdleReturn,
    HurdleSubmit,
)
from apps.hurdles.views.solved_cases import SolvedCaseDetail, SolvedCaseList

__all__ = [
    "CommonHurdleDetail",
    "CommonHurdleList",
    "HurdleDetail",
    "HurdleEdit",
    "HurdleList",
    "HurdleLog",
    "HurdleOrganize",
    "HurdleReturn",
    "HurdleSubmit",
    "SolvedCaseDetail",
    "SolvedCaseList",
]
