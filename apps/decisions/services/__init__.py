"""Writes of decisions."""

from apps.decisions.services.recording import RecordedDecision, record_decision

__all__ = ["RecordedDecision", "record_decision"]
