"""The columns of the lists of the roadmap."""

from apps.roadmap.tables.baselines import BaselineTable
from apps.roadmap.tables.implementations import ImplementationTable
from apps.roadmap.tables.indicators import IndicatorTable
from apps.roadmap.tables.initiatives import InitiativeTable
from apps.roadmap.tables.plan import PlanItemTable
from apps.roadmap.tables.policies import PolicyTable
from apps.roadmap.tables.visions import VisionTable

__all__ = [
    "BaselineTable",
    "ImplementationTable",
    "IndicatorTable",
    "InitiativeTable",
    "PlanItemTable",
    "PolicyTable",
    "VisionTable",
]
