"""Keeping a roll: who came, on the screen or from Excel; read, show what would change, write in one act."""

from apps.training.services.roll.keeping import check_day, keep_roll
from apps.training.services.roll.planning import RollChange, RollLine, RollPlan, plan_lines, roll_mark
from apps.training.services.roll.reading import RollReading, read_number, read_roll
from apps.training.services.roll.taking import find_roll, keep_workbook, plan_workbook, take_over_roll, taken

__all__ = [
    "RollChange",
    "RollLine",
    "RollPlan",
    "RollReading",
    "check_day",
    "find_roll",
    "keep_roll",
    "keep_workbook",
    "plan_lines",
    "plan_workbook",
    "read_number",
    "read_roll",
    "roll_mark",
    "take_over_roll",
    "taken",
]
