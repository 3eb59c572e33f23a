"""The history of an initiative as a person may read it: it names linked records, and some of them are not theirs."""

from typing import Any

from apps.core.history import Entry, entries_of
from apps.core.talk import TALK
from apps.roadmap import selectors
from apps.roadmap.models import Initiative
from apps.roadmap.selectors.history import indicator_names

INITIATIVE_PARTS = (
    "unit_links",
    "milestones",
    "hurdle_links",
    "dependency_links",
    "relation_links",
    "indicators",
    "indicators__values",
    "implementations",
    "updates",
)


def initiative_history(initiative: Initiative, user: Any) -> list[Entry]:
    """Newest first; changes of the policy are left out where one of the policies is not the person's to see."""
    parts = selectors.told_parts(initiative, INITIATIVE_PARTS, user)
    entries = entries_of(initiative, parts=parts, attached=TALK, other_words=indicator_names(initiative))
    if selectors.tells_policy(initiative, user):
        return entries
    policy = str(Initiative._meta.get_field("policy").verbose_name)
    for entry in entries:
        entry.changes = [change for change in entry.changes if change.label != policy]
    return entries
