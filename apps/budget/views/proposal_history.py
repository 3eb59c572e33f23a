"""The history of a proposal as a person may read it."""

from typing import Any

from apps.budget.models import Proposal
from apps.budget.selectors.told_history import told_entries, told_words
from apps.core.history import Entry, entries_of
from apps.core.talk import TALK
from apps.hurdles.selectors import sees_every_link

# Not the stages: they carry amounts under appraisal, which fewer people may see than the proposal.
HISTORY_PARTS = (
    "request_lines",
    "request_lines__cost_lines",
    "fundings",
    "debt_burdens",
    "future_costs",
    "continuing_costs",
    "continuing_costs__years",
    "long_contracts",
    "carryovers",
    "evidence",
    "workload_links",
    "outcomes",
    "outcomes__values",
    "initiative_links",
    "course_links",
    "training_plan_links",
    "steps",
    "candidate_links",
)


def proposal_history(proposal: Proposal, user: Any, *, sees: bool) -> list[Entry]:
    """Newest first; that of the links to hurdles is told to those only who see each of them.

    Of the appraisal it tells those alone who see it (`sees`).
    """
    told = sees_every_link(proposal, "hurdle_links", user)
    parts = (*HISTORY_PARTS, "hurdle_links") if told else HISTORY_PARTS
    entries = entries_of(proposal, parts=parts, attached=TALK, other_words=told_words(proposal, sees=sees))
    return told_entries(entries, sees=sees)
