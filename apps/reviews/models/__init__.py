"""Activities of a year and the reflections on it."""

from apps.reviews.models.reviews import (
    Activity,
    Reflection,
    ReflectionCourse,
    ReflectionInitiative,
    ReflectionPetition,
    ReflectionPolicy,
    ReflectionProposal,
)

__all__ = [
    "Activity",
    "Reflection",
    "ReflectionCourse",
    "ReflectionInitiative",
    "ReflectionPetition",
    "ReflectionPolicy",
    "ReflectionProposal",
]
