"""Taking the workload survey over from Excel: read, show what would change, write in one act."""

from apps.organization.services.workload.reading import Reading, SurveyRow, read_survey
from apps.organization.services.workload.taking import (
    Change,
    Plan,
    find_survey,
    keep_survey,
    plan_survey,
    take_over_survey,
    taken_over,
)

__all__ = [
    "Change",
    "Plan",
    "Reading",
    "SurveyRow",
    "find_survey",
    "keep_survey",
    "plan_survey",
    "read_survey",
    "take_over_survey",
    "taken_over",
]
