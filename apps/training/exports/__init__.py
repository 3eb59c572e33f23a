"""What of the training leaves the portal as a file."""

from apps.training.exports.gaps import gap_workbook

__all__ = [
    "gap_workbook",
]
