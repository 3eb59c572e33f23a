"""Pages of the hurdle registry."""

from apps.hurdles.views.board import HurdleBoard
from apps.hurdles.views.bulk import HurdleBulk
from apps.hurdles.views.bundling import (
    CommonHurdleArchive,
    CommonHurdleBundle,
    CommonHurdleCreate,
    CommonHurdleEdit,
    CommonHurdleUnbundle,
)
from apps.hurdles.views.common_hurdles import (
    CommonHurdleDetail,
    CommonHurdleList,
)
from apps.hurdles.views.course import (
    HurdleAnswerLasting,
    HurdleDecideMove,
    HurdleNextAction,
    HurdleProgress,
    HurdleProposeResolution,
    HurdleRefuseResolution,
    HurdleTarget,
)
from apps.hurdles.views.dependencies import HurdleNeeds, HurdleNeedsRemove
from apps.hurdles.views.endorsements import (
    EndorsementChange,
    EndorsementWithdraw,
    HurdleEndorse,
)
from apps.hurdles.views.hurdle_list import (
    HurdleList,
)
from apps.hurdles.views.hurdles import (
    HurdleDetail,
    HurdleEdit,
    HurdleLog,
)
from apps.hurdles.views.merging import (
    HurdleMerge,
    HurdleUnmerge,
)
from apps.hurdles.views.owner_views import (
    OwnerViewAnswer,
    OwnerViewAsk,
)
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
from apps.hurdles.views.similar import (
    SimilarHurdles,
)
from apps.hurdles.views.solved_cases import (
    SolvedCaseDetail,
    SolvedCaseList,
)
from apps.hurdles.views.solving import (
    SolvedCaseAdopt,
    SolvedCaseEdit,
    SolvedCaseRecord,
    SolvedCaseWithdraw,
)
from apps.hurdles.views.triage import HurdleTriage
from apps.hurdles.views.verbs import (
    HurdleDefer,
    HurdleDraftPolicy,
    HurdleOrganize,
    HurdleReopen,
    HurdleResolve,
    HurdleResolvePartly,
    HurdleResume,
    HurdleReturn,
    HurdleStart,
    HurdleSubmit,
)

__all__ = [
    "CitizenEvidenceAdd",
    "CitizenEvidenceChange",
    "CitizenEvidenceRemove",
    "CityExampleAdd",
    "CityExampleChange",
    "CityExampleRemove",
    "CommonHurdleArchive",
    "CommonHurdleBundle",
    "CommonHurdleCreate",
    "CommonHurdleDetail",
    "CommonHurdleEdit",
    "CommonHurdleList",
    "CommonHurdleUnbundle",
    "EndorsementChange",
    "EndorsementWithdraw",
    "HurdleAnswerLasting",
    "HurdleBoard",
    "HurdleBulk",
    "HurdleDecideMove",
    "HurdleDefer",
    "HurdleDetail",
    "HurdleDraftPolicy",
    "HurdleEdit",
    "HurdleEndorse",
    "HurdleList",
    "HurdleLog",
    "HurdleMerge",
    "HurdleNeeds",
    "HurdleNeedsRemove",
    "HurdleNextAction",
    "HurdleOrganize",
    "HurdleProgress",
    "HurdleProposeResolution",
    "HurdleRefuseResolution",
    "HurdleReopen",
    "HurdleResolve",
    "HurdleResolvePartly",
    "HurdleResume",
    "HurdleReturn",
    "HurdleStart",
    "HurdleSubmit",
    "HurdleTarget",
    "HurdleTriage",
    "HurdleUnmerge",
    "LegalBasisAdd",
    "LegalBasisChange",
    "LegalBasisRemove",
    "OwnerViewAnswer",
    "OwnerViewAsk",
    "SimilarHurdles",
    "SolvedCaseAdopt",
    "SolvedCaseDetail",
    "SolvedCaseEdit",
    "SolvedCaseList",
    "SolvedCaseRecord",
    "SolvedCaseWithdraw",
    "WorkloadChange",
]
