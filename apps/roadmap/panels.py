"""What the roadmap shows on the pages of lower apps, and what it lets people do from there."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.registry import PageAct, Panel, page_acts, panels
from apps.hurdles.selectors import visible_to as visible_hurdles
from apps.roadmap.choices import NOT_LINKED
from apps.roadmap.selectors import ends_of_hurdles


def end_of_hurdle(hurdle: Any, user: Any) -> dict[str, Any] | None:
    """The policies, initiatives and visions around a hurdle; nothing where the person sees none."""
    return _shown(ends_of_hurdles(visible_hurdles(user).filter(pk=hurdle.pk), user))


def end_of_common_hurdle(common_hurdle: Any, user: Any) -> dict[str, Any] | None:
    """The same for a common hurdle: what clears it as a whole, or those members that the person sees."""
    members = visible_hurdles(user).filter(common_hurdles=common_hurdle)
    return _shown(ends_of_hurdles(members, user, common_hurdle=common_hurdle))


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


def _page_for(page: str, name: str) -> Callable[[Any], str]:
    """The address of a page that is opened for a record: it stands in the form already."""
    return lambda record: f"{reverse(page)}?{urlencode({name: record.number or ''})}"


def _may_be_linked(hurdle: Any) -> bool:
    return bool(hurdle.number) and hurdle.status not in NOT_LINKED


def _may_be_cleared(hurdle: Any) -> bool:
    return _may_be_linked(hurdle) and not hurdle.is_closed


page_acts.add(
    PageAct(
        name="roadmap.create_policy_for_hurdle",
        page="hurdles:hurdle-detail",
        label=_("Create a policy"),
        permission="roadmap.create_policy",
        address=_page_for("roadmap:policy-create", "hurdle"),
        makes_sense=_may_be_cleared,
    )
)
page_acts.add(
    PageAct(
        name="roadmap.create_initiative_for_hurdle",
        page="hurdles:hurdle-detail",
        label=_("Put an initiative for this on the roadmap"),
        permission="roadmap.create_initiative",
        address=_page_for("roadmap:initiative-create", "hurdle"),
        makes_sense=_may_be_cleared,
    )
)
page_acts.add(
    PageAct(
        name="roadmap.hold_visions_back",
        page="hurdles:hurdle-detail",
        label=_("Say which visions it holds back"),
        permission="roadmap.link_vision_hurdles",
        address=_page_for("roadmap:vision-hold-back", "hurdle"),
        makes_sense=_may_be_linked,
    )
)
page_acts.add(
    PageAct(
        name="roadmap.create_policy_for_common_hurdle",
        page="hurdles:common-hurdle-detail",
        label=_("Create a policy"),
        permission="roadmap.create_policy",
        address=_page_for("roadmap:policy-create", "common_hurdle"),
    )
)
