"""Hurdles, what they share, what other sections say to them, and the lists that describe them."""

from apps.hurdles.models.common_hurdles import CommonHurdle, CommonHurdleMember
from apps.hurdles.models.hurdle import AffectedUnit, Hurdle, HurdleTheme, HurdleWorkload, LegalBasis
from apps.hurdles.models.lists import Category, LegalLevel, Theme
from apps.hurdles.models.voices import Endorsement, OwnerView, SolvedCase, SolvedCaseAdoption

__all__ = [
    "AffectedUnit",
    "Category",
    "CommonHurdle",
    "CommonHurdleMember",
    "Endorsement",
    "Hurdle",
    "HurdleTheme",
    "HurdleWorkload",
    "LegalBasis",
    "LegalLevel",
    "OwnerView",
    "SolvedCase",
    "SolvedCaseAdoption",
    "Theme",
]
