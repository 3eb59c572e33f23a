"""Forms of the roadmap, by what they are about."""

from apps.roadmap.forms.policies import (
    PolicyAchieveForm,
    PolicyAdoptForm,
    PolicyBindForm,
    PolicyForceForm,
    PolicyForm,
    PolicyReasonForm,
    PolicyReleaseForm,
    PolicyTextForm,
)

__all__ = [
    "PolicyAchieveForm",
    "PolicyAdoptForm",
    "PolicyBindForm",
    "PolicyForceForm",
    "PolicyForm",
    "PolicyReasonForm",
    "PolicyReleaseForm",
    "PolicyTextForm",
]
