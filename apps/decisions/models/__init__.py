"""Meetings with their agenda, decisions, directives."""

from apps.decisions.models.directives import Directive, DirectiveHurdle, DirectiveUnit
from apps.decisions.models.meetings import (
    AgendaHurdle,
    AgendaItem,
    AgendaProposal,
    Attendance,
    Decision,
    Meeting,
)

__all__ = [
    "AgendaHurdle",
    "AgendaItem",
    "AgendaProposal",
    "Attendance",
    "Decision",
    "Directive",
    "DirectiveHurdle",
    "DirectiveUnit",
    "Meeting",
]
