"""Taking the workload survey over from Excel: read, show what would change, write in one act."""

from apps.organization.services.workload.reading import Fault, Reading, SurveyRow, read_survey
from apps.organization.services.workload.taking import (
    Change,
    Plan,
    Stale,
    drop_survey,
    find_survey,
    keep_survey,
    plan_survey,
    take_over_survey,
    taken_over,
)

__all__ = [
    "Change",
    "Fault",
    "Plan",
    "Reading",
    "Stale",
    "SurveyRow",
    "drop_survey",
    "find_survey",
    "keep_survey",
    "plan_survey",
    "read_survey",
    "take_over_survey",
    "taken_over",
]
