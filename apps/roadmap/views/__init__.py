"""Pages of the roadmap, by what they are about."""

from apps.roadmap.views.baselines import BaselineArchive, BaselineDetail, BaselineFreeze, BaselineList
from apps.roadmap.views.initiatives import InitiativeDetail, InitiativeList
from apps.roadmap.views.links import InitiativeLinks, InitiativeNeedsNoMore, InitiativeRelatedNoMore
from apps.roadmap.views.overview import Overview
from apps.roadmap.views.policies import PolicyDetail, PolicyList
from apps.roadmap.views.rescheduling import InitiativeReschedule
from apps.roadmap.views.visions import VisionDetail, VisionList
from apps.roadmap.views.way import WayToVisions

__all__ = [
    "BaselineArchive",
    "BaselineDetail",
    "BaselineFreeze",
    "BaselineList",
    "InitiativeDetail",
    "InitiativeLinks",
    "InitiativeList",
    "InitiativeNeedsNoMore",
    "InitiativeRelatedNoMore",
    "InitiativeReschedule",
    "Overview",
    "PolicyDetail",
    "PolicyList",
    "VisionDetail",
    "VisionList",
    "WayToVisions",
]
