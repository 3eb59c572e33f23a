"""The filters of the lists of the roadmap; each is a part of the address that one can mail."""

from apps.roadmap.filters.baselines import BaselineFilter
from apps.roadmap.filters.implementations import ImplementationFilter
from apps.roadmap.filters.indicators import IndicatorFilter
from apps.roadmap.filters.initiatives import InitiativeFilter
from apps.roadmap.filters.picture import PictureFilter
from apps.roadmap.filters.plan import PlanItemFilter
from apps.roadmap.filters.policies import PolicyFilter
from apps.roadmap.filters.visions import VisionFilter

__all__ = [
    "BaselineFilter",
    "ImplementationFilter",
    "IndicatorFilter",
    "InitiativeFilter",
    "PictureFilter",
    "PlanItemFilter",
    "PolicyFilter",
    "VisionFilter",
]
