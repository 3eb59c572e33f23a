"""Writes of the roadmap, by what they are about."""

from apps.roadmap.services.policies import archive_policy, create_policy, edit_policy
from apps.roadmap.services.policy_flow import ACTS as POLICY_ACTS
from apps.roadmap.services.policy_flow import FLOW as POLICY_FLOW
from apps.roadmap.services.policy_hurdles import link_hurdles, move_hurdles, unlink_hurdle
from apps.roadmap.services.policy_texts import write_policy_text
from apps.roadmap.services.policy_units import adopt_policy, bind_units, release_units, undo_adoption
from apps.roadmap.services.policy_verbs import (
    achieve_policy,
    bring_policy_into_force,
    decide_policy,
    resume_policy,
    return_policy,
    review_policy,
    withdraw_policy,
)

__all__ = [
    "POLICY_ACTS",
    "POLICY_FLOW",
    "achieve_policy",
    "adopt_policy",
    "archive_policy",
    "bind_units",
    "bring_policy_into_force",
    "create_policy",
    "decide_policy",
    "edit_policy",
    "link_hurdles",
    "move_hurdles",
    "release_units",
    "resume_policy",
    "return_policy",
    "review_policy",
    "undo_adoption",
    "unlink_hurdle",
    "withdraw_policy",
    "write_policy_text",
]
