"""Pages of the roadmap, by what they are about."""

from apps.roadmap.views.initiatives import InitiativeDetail, InitiativeList
from apps.roadmap.views.overview import Overview
from apps.roadmap.views.policies import PolicyDetail, PolicyList
from apps.roadmap.views.visions import VisionDetail, VisionList

__all__ = [
    "InitiativeDetail",
    "InitiativeList",
    "Overview",
    "PolicyDetail",
    "PolicyList",
    "VisionDetail",
    "VisionList",
]
