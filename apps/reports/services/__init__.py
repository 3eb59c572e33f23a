"""Composing reports and making their drafts."""

from apps.reports.services.drafting import MadeDraft, ask_for_draft, keep_draft, make_draft
from apps.reports.services.snapshot import one_moment

__all__ = ["MadeDraft", "ask_for_draft", "keep_draft", "make_draft", "one_moment"]
