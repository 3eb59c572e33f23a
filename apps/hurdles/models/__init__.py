"""Hurdles, and the lists that describe them."""

from apps.hurdles.models.hurdle import AffectedUnit, Hurdle, HurdleTheme, HurdleWorkload, LegalBasis
from apps.hurdles.models.lists import Category, LegalLevel, Theme

__all__ = [
    "AffectedUnit",
    "Category",
    "Hurdle",
    "HurdleTheme",
    "HurdleWorkload",
    "LegalBasis",
    "LegalLevel",
    "Theme",
]
