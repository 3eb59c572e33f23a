"""What the roadmap shows on the pages of lower apps."""

from typing import Any

from apps.core.registry import Panel, panels
from apps.hurdles.selectors import visible_to as visible_hurdles
from apps.roadmap.selectors import ends_of_hurdles


def end_of_hurdle(hurdle: Any, user: Any) -> dict[str, Any] | None:
    """The policies, initiatives and visions around a hurdle; nothing where there are none to see."""
    return _shown(ends_of_hurdles(visible_hurdles(user).filter(pk=hurdle.pk), user))


def end_of_common_hurdle(common_hurdle: Any, user: Any) -> dict[str, Any] | None:
    """The same for those members of a common hurdle that the person sees."""
    return _shown(ends_of_hurdles(visible_hurdles(user).filter(common_hurdles=common_hurdle), user))


def _shown(found: dict[str, list[Any]]) -> dict[str, Any] | None:
    return found if any(found.values()) else None


panels.add(
    Panel(
        name="roadmap.end_of_hurdle",
        page="hurdles:hurdle-detail",
        template="roadmap/hurdle_panel.html",
        context=end_of_hurdle,
    )
)
panels.add(
    Panel(
        name="roadmap.end_of_common_hurdle",
        page="hurdles:common-hurdle-detail",
        template="roadmap/hurdle_panel.html",
        context=end_of_common_hurdle,
    )
)
