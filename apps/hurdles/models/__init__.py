"""Hurdles, what they share, what other sections say to them, and the lists that describe them."""

from apps.hurdles.models.common_hurdles import CommonHurdle, CommonHurdleMember
from apps.hurdles.models.course import HurdleMerge, ProgressUpdate, Resolution, TargetMove
from apps.hurdles.models.dependencies import HurdleDependency
from apps.hurdles.models.evidence import CitizenEvidence, CityExample
from apps.hurdles.models.hurdle import Hurdle, LegalBasis
from apps.hurdles.models.links import AffectedUnit, HurdleTheme, HurdleWorkload
from apps.hurdles.models.lists import Category, LegalLevel, Theme
from apps.hurdles.models.voices import Endorsement, OwnerView, SolvedCase, SolvedCaseAdoption

__all__ = [
    "AffectedUnit",
    "Category",
    "CitizenEvidence",
    "CityExample",
    "CommonHurdle",
    "CommonHurdleMember",
    "Endorsement",
    "Hurdle",
    "HurdleDependency",
    "HurdleMerge",
    "HurdleTheme",
    "HurdleWorkload",
    "LegalBasis",
    "LegalLevel",
    "OwnerView",
    "ProgressUpdate",
    "Resolution",
    "SolvedCase",
    "SolvedCaseAdoption",
    "TargetMove",
    "Theme",
]
