"""The story of a policy, the newest first, and the states of its way."""

from collections.abc import Iterable

from apps.core import clock
from apps.core.history import Entry
from apps.core.story import Told
from apps.roadmap.choices import PolicyStatus

STORY_LENGTH = 20
WAY = (
    PolicyStatus.DRAFT,
    PolicyStatus.UNDER_REVIEW,
    PolicyStatus.DECIDED,
    PolicyStatus.IN_FORCE,
    PolicyStatus.ACHIEVED,
)
# The acts that the story tells; True where somebody decided.
TOLD = {
    "roadmap.policy.created": False,
    "roadmap.policy.reviewed": False,
    "roadmap.policy.returned": False,
    "roadmap.policy.decided": True,
    "roadmap.policy.brought_into_force": True,
    "roadmap.policy.achieved": True,
    "roadmap.policy.withdrawn": True,
    "roadmap.policy.resumed": False,
    "roadmap.policy.text_written": False,
    "roadmap.policy.adopted": False,
    "roadmap.policy.adoption_undone": False,
}


def story_of(entries: Iterable[Entry]) -> list[Told]:
    """What happened; what was loaded from a file has no story."""
    return [
        Told(clock.local_date(entry.at), entry.verb, entry.actor, entry.reason, is_key=TOLD[entry.event])
        for entry in entries
        if entry.event in TOLD
    ]
