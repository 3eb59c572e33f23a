"""Writes of hurdles."""

from apps.hurdles.services.endorsements import (
    ENDORSEMENT_EVENTS,
    change_endorsement,
    endorse_hurdle,
    withdraw_endorsement,
)
from apps.hurdles.services.flow import FLOW, organize_hurdle, return_hurdle, submit_hurdle
from apps.hurdles.services.logging import edit_hurdle, log_hurdle
from apps.hurdles.services.owner_views import answer_owner_view, ask_owner_view, usual_due_date
from apps.hurdles.services.parts import (
    StalePart,
    add_citizen_evidence,
    add_city_example,
    add_legal_basis,
    change_citizen_evidence,
    change_city_example,
    change_legal_basis,
    change_workload,
    remove_citizen_evidence,
    remove_city_example,
    remove_legal_basis,
    seen_as,
    workload_choices,
)

__all__ = [
    "ENDORSEMENT_EVENTS",
    "FLOW",
    "StalePart",
    "add_citizen_evidence",
    "add_city_example",
    "add_legal_basis",
    "answer_owner_view",
    "ask_owner_view",
    "change_citizen_evidence",
    "change_city_example",
    "change_endorsement",
    "change_legal_basis",
    "change_workload",
    "edit_hurdle",
    "endorse_hurdle",
    "log_hurdle",
    "organize_hurdle",
    "remove_citizen_evidence",
    "remove_city_example",
    "remove_legal_basis",
    "return_hurdle",
    "seen_as",
    "submit_hurdle",
    "usual_due_date",
    "withdraw_endorsement",
    "workload_choices",
]
