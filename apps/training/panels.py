"""What the training shows on the pages of lower apps."""

from typing import Any

from apps.core.registry import Panel, panels
from apps.training.selectors import course_list, plan_list


def courses_of_hurdle(hurdle: Any, user: Any) -> dict[str, Any] | None:
    """The courses that help to clear a hurdle; nothing where there are none."""
    courses = list(course_list(user).filter(hurdle_links__hurdle=hurdle).order_by("-fiscal_year", "pk"))
    return {"courses": courses} if courses else None


def plans_of_initiative(initiative: Any, user: Any) -> dict[str, Any] | None:
    """The training plans that an initiative has; nothing where there are none."""
    plans = list(plan_list(user).filter(initiative=initiative).order_by("-from_year", "pk"))
    return {"plans": plans} if plans else None


panels.add(
    Panel(
        name="training.courses_of_hurdle",
        page="hurdles:hurdle-detail",
        template="training/hurdle_panel.html",
        context=courses_of_hurdle,
    )
)
panels.add(
    Panel(
        name="training.plans_of_initiative",
        page="roadmap:initiative-detail",
        template="training/initiative_panel.html",
        context=plans_of_initiative,
    )
)
