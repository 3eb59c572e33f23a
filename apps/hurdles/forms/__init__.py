"""The forms of the registry."""

from apps.hurdles.forms.endorsements import EndorsementForm
from apps.hurdles.forms.hurdles import HurdleForm, QuestionForm

__all__ = ["EndorsementForm", "HurdleForm", "QuestionForm"]
