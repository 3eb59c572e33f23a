"""Writes of hurdles."""

from apps.hurdles.services.endorsements import (
    ENDORSEMENT_EVENTS,
    change_endorsement,
    endorse_hurdle,
    withdraw_endorsement,
)
from apps.hurdles.services.flow import FLOW, organize_hurdle, return_hurdle, submit_hurdle
from apps.hurdles.services.logging import edit_hurdle, log_hurdle

__all__ = [
    "ENDORSEMENT_EVENTS",
    "FLOW",
    "change_endorsement",
    "edit_hurdle",
    "endorse_hurdle",
    "log_hurdle",
    "organize_hurdle",
    "return_hurdle",
    "submit_hurdle",
    "withdraw_endorsement",
]
