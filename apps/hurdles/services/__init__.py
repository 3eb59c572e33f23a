"""Writes of hurdles."""

from apps.hurdles.services.bundling import (
    archive_common_hurdle,
    bundle_hurdles,
    create_common_hurdle,
    edit_common_hurdle,
    unbundle_hurdle,
)
from apps.hurdles.services.dependencies import (
    add_dependency,
    remove_dependency,
)
from apps.hurdles.services.endorsements import (
    ENDORSEMENT_EVENTS,
    change_endorsement,
    endorse_hurdle,
    withdraw_endorsement,
)
from apps.hurdles.services.flow import (
    ACTS,
    FLOW,
    PROMISE_LABEL,
)
from apps.hurdles.services.logging import (
    edit_hurdle,
    log_hurdle,
)
from apps.hurdles.services.merging import (
    merge_hurdle,
    unmerge_hurdle,
)
from apps.hurdles.services.offers import (
    offered_verbs,
)
from apps.hurdles.services.owner_views import (
    answer_owner_view,
    ask_owner_view,
    usual_due_date,
)
from apps.hurdles.services.parts import (
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
    workload_choices,
)
from apps.hurdles.services.progress import (
    plan_next_action,
    write_progress,
)
from apps.hurdles.services.promises import (
    decide_move,
    move_target,
    promise_target,
)
from apps.hurdles.services.resolutions import (
    answer_lasting,
    propose_resolution,
    refuse_resolution,
    reopen_hurdle,
    resolve_hurdle,
)
from apps.hurdles.services.solving import (
    adopt_solved_case,
    edit_solved_case,
    record_solved_case,
    withdraw_adoption,
)
from apps.hurdles.services.survivors import (
    leads_to,
    refusal_to_merge,
    refusal_to_undo,
    undoable_until,
)
from apps.hurdles.services.verbs import (
    defer_hurdle,
    draft_policy,
    organize_hurdle,
    petition_hurdle,
    put_before_headquarters,
    resolve_hurdle_partly,
    resume_hurdle,
    return_hurdle,
    set_policy,
    start_hurdle,
    submit_hurdle,
)

__all__ = [
    "ACTS",
    "ENDORSEMENT_EVENTS",
    "FLOW",
    "PROMISE_LABEL",
    "add_citizen_evidence",
    "add_city_example",
    "add_dependency",
    "add_legal_basis",
    "adopt_solved_case",
    "answer_lasting",
    "answer_owner_view",
    "archive_common_hurdle",
    "ask_owner_view",
    "bundle_hurdles",
    "change_citizen_evidence",
    "change_city_example",
    "change_endorsement",
    "change_legal_basis",
    "change_workload",
    "create_common_hurdle",
    "decide_move",
    "defer_hurdle",
    "draft_policy",
    "edit_common_hurdle",
    "edit_hurdle",
    "edit_solved_case",
    "endorse_hurdle",
    "leads_to",
    "log_hurdle",
    "merge_hurdle",
    "move_target",
    "offered_verbs",
    "organize_hurdle",
    "petition_hurdle",
    "plan_next_action",
    "promise_target",
    "propose_resolution",
    "put_before_headquarters",
    "record_solved_case",
    "refusal_to_merge",
    "refusal_to_undo",
    "refuse_resolution",
    "remove_citizen_evidence",
    "remove_city_example",
    "remove_dependency",
    "remove_legal_basis",
    "reopen_hurdle",
    "resolve_hurdle",
    "resolve_hurdle_partly",
    "resume_hurdle",
    "return_hurdle",
    "set_policy",
    "start_hurdle",
    "submit_hurdle",
    "unbundle_hurdle",
    "undoable_until",
    "unmerge_hurdle",
    "usual_due_date",
    "withdraw_adoption",
    "withdraw_endorsement",
    "workload_choices",
    "write_progress",
]
