"""What an initiative waits for, and what is left open when it ends."""

from apps.roadmap.choices import MilestoneState
from apps.roadmap.models import Initiative, Milestone
from apps.roadmap.selectors.timing import CLOSED_INITIATIVE


def unfinished_before(initiative: Initiative) -> list[Initiative]:
    """What it needs first and what is not finished; what was cancelled or archived holds nobody up."""
    needed = initiative.depends_on.filter(archived_at__isnull=True).exclude(status__in=CLOSED_INITIATIVE)
    return list(needed.order_by("number", "pk"))


def open_milestones(initiative: Initiative) -> list[Milestone]:
    """Those that are not achieved, in their order."""
    return list(initiative.milestones.exclude(state=MilestoneState.ACHIEVED))
