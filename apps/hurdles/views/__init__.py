"""Pages of the hurdle registry."""

from apps.hurdles.views.common_hurdles import CommonHurdleDetail, CommonHurdleList
from apps.hurdles.views.endorsements import EndorsementChange, EndorsementWithdraw, HurdleEndorse
from apps.hurdles.views.hurdle_list import HurdleList
from apps.hurdles.views.hurdles import (
    HurdleDetail,
    HurdleEdit,
    HurdleLog,
    HurdleOrganize,
    HurdleReturn,
    HurdleSubmit,
)
from apps.hurdles.views.owner_views import OwnerViewAnswer, OwnerViewAsk
from apps.hurdles.views.parts import (
    CitizenEvidenceAdd,
    CitizenEvidenceChange,
    CitizenEvidenceRemove,
    CityExampleAdd,
    CityExampleChange,
    CityExampleRemove,
    LegalBasisAdd,
    LegalBasisChange,
    LegalBasisRemove,
    WorkloadChange,
)
from apps.hurdles.views.similar import SimilarHurdles
from apps.hurdles.views.solved_cases import SolvedCaseDetail, SolvedCaseList

__all__ = [
    "CitizenEvidenceAdd",
    "CitizenEvidenceChange",
    "CitizenEvidenceRemove",
    "CityExampleAdd",
    "CityExampleChange",
    "CityExampleRemove",
    "CommonHurdleDetail",
    "CommonHurdleList",
    "EndorsementChange",
    "EndorsementWithdraw",
    "HurdleDetail",
    "HurdleEdit",
    "HurdleEndorse",
    "HurdleList",
    "HurdleLog",
    "HurdleOrganize",
    "HurdleReturn",
    "HurdleSubmit",
    "LegalBasisAdd",
    "LegalBasisChange",
    "LegalBasisRemove",
    "OwnerViewAnswer",
    "OwnerViewAsk",
    "SimilarHurdles",
    "SolvedCaseDetail",
    "SolvedCaseList",
    "WorkloadChange",
]
