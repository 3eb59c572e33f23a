"""Writes of hurdles."""

from apps.hurdles.services.flow import FLOW, organize_hurdle, return_hurdle, submit_hurdle
from apps.hurdles.services.logging import edit_hurdle, log_hurdle

__all__ = ["FLOW", "edit_hurdle", "log_hurdle", "organize_hurdle", "return_hurdle", "submit_hurdle"]
