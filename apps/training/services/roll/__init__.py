"""Keeping a roll: who came, on the screen or from Excel; read, show what would change, write in one act."""

from apps.training.services.roll.keeping import Stale, check_day, keep_roll
from apps.training.services.roll.planning import RollChange, RollLine, RollPlan, plan_lines, roll_mark
from apps.training.services.roll.reading import Fault, RollReading, read_number, read_roll
from apps.training.services.roll.taking import drop_roll, find_roll, keep_workbook, plan_workbook, take_over_roll, taken

__all__ = [
    "Fault",
    "RollChange",
    "RollLine",
    "RollPlan",
    "RollReading",
    "Stale",
    "check_day",
    "drop_roll",
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
