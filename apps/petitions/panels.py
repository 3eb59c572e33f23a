"""What petitions show on the pages of hurdles and common hurdles."""

from typing import Any

from apps.core.registry import Panel, panels
from apps.petitions.selectors import petitions_of_common_hurdle, petitions_of_hurdle


def of_hurdle(hurdle: Any, user: Any) -> dict[str, Any] | None:
    """The petitions that come from a hurdle; nothing where there are none to see."""
    petitions = list(petitions_of_hurdle(hurdle, user))
    return {"petitions": petitions} if petitions else None


def of_common_hurdle(common_hurdle: Any, user: Any) -> dict[str, Any] | None:
    """The petitions that come from its members; nothing where there are none to see."""
    petitions = list(petitions_of_common_hurdle(common_hurdle, user))
    return {"petitions": petitions} if petitions else None


panels.add(
    Panel(
        name="petitions.petitions_of_hurdle",
        page="hurdles:hurdle-detail",
        template="petitions/hurdle_panel.html",
        context=of_hurdle,
    )
)
panels.add(
    Panel(
        name="petitions.petitions_of_common_hurdle",
        page="hurdles:common-hurdle-detail",
        template="petitions/hurdle_panel.html",
        context=of_common_hurdle,
    )
)
