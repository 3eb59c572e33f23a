"""Pages of the roadmap, by what they are about."""

from apps.roadmap.views.baselines import BaselineArchive, BaselineDetail, BaselineFreeze, BaselineList
from apps.roadmap.views.coverage import Coverage, PlanItemList
from apps.roadmap.views.implementations import ImplementationList
from apps.roadmap.views.indicator_list import IndicatorList
from apps.roadmap.views.indicators import (
    InitiativeActualRecord,
    InitiativeIndicatorAdd,
    InitiativeIndicatorChange,
    InitiativeIndicatorRemove,
    VisionActualRecord,
    VisionIndicatorAdd,
    VisionIndicatorChange,
    VisionIndicatorRemove,
)
from apps.roadmap.views.initiative_forms import InitiativeArchive, InitiativeCreate, InitiativeEdit
from apps.roadmap.views.initiative_hurdles import InitiativeHurdleRemove, InitiativeHurdles
from apps.roadmap.views.initiative_parts import (
    ImplementationChange,
    ImplementationRecord,
    ImplementationRemove,
    MilestoneAchieve,
    MilestoneAdd,
    MilestoneChange,
    MilestoneRemove,
    MilestoneReopen,
)
from apps.roadmap.views.initiative_verbs import (
    InitiativeAchieve,
    InitiativeCancel,
    InitiativeGoOn,
    InitiativePlan,
    InitiativeResume,
    InitiativeStart,
    InitiativeWriteUpdate,
)
from apps.roadmap.views.initiatives import InitiativeDetail, InitiativeList
from apps.roadmap.views.links import InitiativeLinks, InitiativeNeedsNoMore, InitiativeRelatedNoMore
from apps.roadmap.views.overview import Overview
from apps.roadmap.views.policies import PolicyDetail, PolicyList
from apps.roadmap.views.policy_hurdles import PolicyLinkHurdles, PolicyUnlinkHurdle
from apps.roadmap.views.policy_texts import PolicyCompare, PolicyWriteText
from apps.roadmap.views.policy_units import PolicyAdopt, PolicyBindUnits, PolicyReleaseUnits, PolicyUndoAdoption
from apps.roadmap.views.policy_verbs import (
    PolicyAchieve,
    PolicyArchive,
    PolicyBringIntoForce,
    PolicyResume,
    PolicyReturn,
    PolicyReview,
    PolicyWithdraw,
)
from apps.roadmap.views.policy_writing import PolicyCreate, PolicyEdit
from apps.roadmap.views.rescheduling import InitiativeReschedule
from apps.roadmap.views.vision_writing import (
    VisionArchive,
    VisionCreate,
    VisionEdit,
    VisionHoldBack,
    VisionHurdleRemove,
    VisionHurdles,
)
from apps.roadmap.views.visions import VisionDetail, VisionList
from apps.roadmap.views.way import WayToVisions

__all__ = [
    "BaselineArchive",
    "BaselineDetail",
    "BaselineFreeze",
    "BaselineList",
    "Coverage",
    "ImplementationChange",
    "ImplementationList",
    "ImplementationRecord",
    "ImplementationRemove",
    "IndicatorList",
    "InitiativeAchieve",
    "InitiativeActualRecord",
    "InitiativeArchive",
    "InitiativeCancel",
    "InitiativeCreate",
    "InitiativeDetail",
    "InitiativeEdit",
    "InitiativeGoOn",
    "InitiativeHurdleRemove",
    "InitiativeHurdles",
    "InitiativeIndicatorAdd",
    "InitiativeIndicatorChange",
    "InitiativeIndicatorRemove",
    "InitiativeLinks",
    "InitiativeList",
    "InitiativeNeedsNoMore",
    "InitiativePlan",
    "InitiativeRelatedNoMore",
    "InitiativeReschedule",
    "InitiativeResume",
    "InitiativeStart",
    "InitiativeWriteUpdate",
    "MilestoneAchieve",
    "MilestoneAdd",
    "MilestoneChange",
    "MilestoneRemove",
    "MilestoneReopen",
    "Overview",
    "PlanItemList",
    "PolicyAchieve",
    "PolicyAdopt",
    "PolicyArchive",
    "PolicyBindUnits",
    "PolicyBringIntoForce",
    "PolicyCompare",
    "PolicyCreate",
    "PolicyDetail",
    "PolicyEdit",
    "PolicyLinkHurdles",
    "PolicyList",
    "PolicyReleaseUnits",
    "PolicyResume",
    "PolicyReturn",
    "PolicyReview",
    "PolicyUndoAdoption",
    "PolicyUnlinkHurdle",
    "PolicyWithdraw",
    "PolicyWriteText",
    "VisionActualRecord",
    "VisionArchive",
    "VisionCreate",
    "VisionDetail",
    "VisionEdit",
    "VisionHoldBack",
    "VisionHurdleRemove",
    "VisionHurdles",
    "VisionIndicatorAdd",
    "VisionIndicatorChange",
    "VisionIndicatorRemove",
    "VisionList",
    "WayToVisions",
]
