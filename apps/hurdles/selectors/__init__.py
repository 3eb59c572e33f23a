"""Reads of hurdles, common hurdles, voices and solved cases."""

from apps.hurdles.selectors import conditions
from apps.hurdles.selectors.common_hurdles import common_hurdle_list, common_hurdles, members_seen, units_touched
from apps.hurdles.selectors.hurdles import (
    DRAFT_ROLES,
    WIDE_ROLES,
    by_uid,
    count_by_status,
    hours_lost,
    hurdle_detail,
    hurdle_list,
    open_by_category,
    open_by_department,
    open_hurdles,
    sees_every_link,
    submitted_hurdles,
    visible_to,
)
from apps.hurdles.selectors.names import without_names
from apps.hurdles.selectors.questions import cannot_ask, open_questions, standing_question
from apps.hurdles.selectors.similar import similar_card, similar_hurdles
from apps.hurdles.selectors.solved_cases import hurdle_is_open, solved_case_detail, solved_case_list, solved_cases
from apps.hurdles.selectors.voices import (
    AWAITED,
    UNANSWERED,
    counting_endorsements,
    endorsements_seen,
    owner_view_state,
    unanswered_views,
    with_endorsements,
    with_owner_view,
)

__all__ = [
    "AWAITED",
    "DRAFT_ROLES",
    "UNANSWERED",
    "WIDE_ROLES",
    "by_uid",
    "cannot_ask",
    "common_hurdle_list",
    "common_hurdles",
    "conditions",
    "count_by_status",
    "counting_endorsements",
    "endorsements_seen",
    "hours_lost",
    "hurdle_detail",
    "hurdle_is_open",
    "hurdle_list",
    "members_seen",
    "open_by_category",
    "open_by_department",
    "open_hurdles",
    "open_questions",
    "owner_view_state",
    "sees_every_link",
    "similar_card",
    "similar_hurdles",
    "solved_case_detail",
    "solved_case_list",
    "solved_cases",
    "standing_question",
    "submitted_hurdles",
    "unanswered_views",
    "units_touched",
    "visible_to",
    "with_endorsements",
    "with_owner_view",
    "without_names",
]
