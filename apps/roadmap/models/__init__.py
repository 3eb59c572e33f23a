"""The comprehensive plan, visions, policies, initiatives, indicators."""

from apps.roadmap.models.baselines import Baseline, BaselineInitiative
from apps.roadmap.models.course import Implementation, InitiativeMove, InitiativeUpdate
from apps.roadmap.models.indicators import Indicator, IndicatorValue
from apps.roadmap.models.initiative_links import (
    InitiativeDependency,
    InitiativeHurdle,
    InitiativeRelation,
    InitiativeUnit,
)
from apps.roadmap.models.initiatives import Initiative, Milestone
from apps.roadmap.models.plan import ComprehensivePlan, ComprehensivePlanItem
from apps.roadmap.models.policies import Policy, PolicyCommonHurdle, PolicyHurdle, PolicyUnit, PolicyVersion
from apps.roadmap.models.visions import Vision, VisionHurdle

__all__ = [
    "Baseline",
    "BaselineInitiative",
    "ComprehensivePlan",
    "ComprehensivePlanItem",
    "Implementation",
    "Indicator",
    "IndicatorValue",
    "Initiative",
    "InitiativeDependency",
    "InitiativeHurdle",
    "InitiativeMove",
    "InitiativeRelation",
    "InitiativeUnit",
    "InitiativeUpdate",
    "Milestone",
    "Policy",
    "PolicyCommonHurdle",
    "PolicyHurdle",
    "PolicyUnit",
    "PolicyVersion",
    "Vision",
    "VisionHurdle",
]
