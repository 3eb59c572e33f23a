"""The notice of dates that do not fit, for pages that show the plan (roadmap/parts/conflicts.html)."""

from typing import Any

from apps.core.permissions import permitted
from apps.core.registry import standpoint_today
from apps.roadmap import figures, selectors

# More than these do not fit above a picture or a table; the list shows all.
CONFLICTS_NAMED = 5


def conflicts_for(user: Any) -> dict[str, Any]:
    """The first conflicts, each with whether this person may move the dates, and where all of them are."""
    found = list(selectors.conflicts().select_related("initiative", "needs")[: CONFLICTS_NAMED + 1])
    return {
        "conflicts": [
            {"link": link, "may_move": permitted(user, "roadmap.reschedule_initiative", link.initiative)}
            for link in found[:CONFLICTS_NAMED]
        ],
        "more_conflicts": len(found) > CONFLICTS_NAMED,
        "conflicts_url": figures.CONFLICTS.link(standpoint_today(user)),
    }
