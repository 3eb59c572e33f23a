"""The comprehensive plan, visions, policies, initiatives, indicators."""

from apps.roadmap.models.indicators import Indicator, IndicatorValue
from apps.roadmap.models.initiatives import (
    Initiative,
    InitiativeDependency,
    InitiativeHurdle,
    InitiativeRelation,
    InitiativeUnit,
    Milestone,
)
from apps.roadmap.models.plan import ComprehensivePlan, ComprehensivePlanItem
from apps.roadmap.models.policies import Policy, PolicyHurdle, PolicyUnit, PolicyVersion
from apps.roadmap.models.visions import Vision, VisionHurdle

__all__ = [
    "ComprehensivePlan",
    "ComprehensivePlanItem",
    "Indicator",
    "IndicatorValue",
    "Initiative",
    "InitiativeDependency",
    "InitiativeHurdle",
    "InitiativeRelation",
    "InitiativeUnit",
    "Milestone",
    "Policy",
    "PolicyHurdle",
    "PolicyUnit",
    "PolicyVersion",
    "Vision",
    "VisionHurdle",
]
