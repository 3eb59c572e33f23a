"""The forms of the registry."""

from apps.hurdles.forms.hurdles import HurdleForm, QuestionForm

__all__ = ["HurdleForm", "QuestionForm"]
