"""A synthetic city of any size, for trials and for measuring."""

from apps.city.services.generating.generate import GenerationReport, NotGenerated, Size, generate_city, holds_city

__all__ = ["GenerationReport", "NotGenerated", "Size", "generate_city", "holds_city"]
