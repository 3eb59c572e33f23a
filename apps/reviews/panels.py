"""What reflections show on the pages of policies and initiatives."""

from typing import Any

from apps.core.registry import Panel, panels
from apps.reviews.selectors import reflections_of_initiative, reflections_of_policy


def of_policy(policy: Any, user: Any) -> dict[str, Any] | None:
    """The reflections that a policy answers; nothing where there are none."""
    reflections = list(reflections_of_policy(policy, user))
    return {"reflections": reflections} if reflections else None


def of_initiative(initiative: Any, user: Any) -> dict[str, Any] | None:
    """The reflections that an initiative answers; nothing where there are none."""
    reflections = list(reflections_of_initiative(initiative, user))
    return {"reflections": reflections} if reflections else None


panels.add(
    Panel(
        name="reviews.reflections_of_policy",
        page="roadmap:policy-detail",
        template="reviews/reflection_panel.html",
        context=of_policy,
    )
)
panels.add(
    Panel(
        name="reviews.reflections_of_initiative",
        page="roadmap:initiative-detail",
        template="reviews/reflection_panel.html",
        context=of_initiative,
    )
)
