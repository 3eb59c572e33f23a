"""What the roadmap shows on the pages of lower apps."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.permissions import permitted
from apps.core.registry import PageAct, Panel, page_acts, panels
from apps.hurdles.selectors import visible_to as visible_hurdles
from apps.roadmap.selectors import NOT_RESOLVED_BY_POLICY, ends_of_hurdles
from apps.roadmap.services.visions import NOT_LINKED


def end_of_hurdle(hurdle: Any, user: Any) -> dict[str, Any] | None:
    """The policies, initiatives and visions around a hurdle; nothing where there are none to see or to add."""
    found = ends_of_hurdles(visible_hurdles(user).filter(pk=hurdle.pk), user)
    may_link = permitted(user, "roadmap.link_vision_hurdles") and hurdle.number and hurdle.status not in NOT_LINKED
    if not may_link:
        return _shown(found)
    query = urlencode({"hurdle": hurdle.number})
    return {**found, "hold_back_url": f"{reverse('roadmap:vision-hold-back')}?{query}"}


def end_of_common_hurdle(common_hurdle: Any, user: Any) -> dict[str, Any] | None:
    """The same for a common hurdle: what clears it as a whole, or those members that the person sees."""
    members = visible_hurdles(user).filter(common_hurdles=common_hurdle)
    return _shown(ends_of_hurdles(members, user, common_hurdle=common_hurdle))


def _shown(found: dict[str, list[Any]]) -> dict[str, Any] | None:
    return found if any(found.values()) else None


def new_initiative(record: Any, user: Any) -> dict[str, Any] | None:
    """The way to a new initiative under a policy, towards a vision, or against a hurdle, for those who may."""
    if not record.number or not permitted(user, "roadmap.create_initiative"):
        return None
    query = urlencode({record._meta.model_name: record.number})
    return {"url": f"{reverse('roadmap:initiative-create')}?{query}"}


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
for _page in ("roadmap:policy-detail", "roadmap:vision-detail", "hurdles:hurdle-detail"):
    panels.add(
        Panel(
            name=f"roadmap.new_initiative.{_page}",
            page=_page,
            template="roadmap/initiative_panel.html",
            context=new_initiative,
        )
    )


def _new_policy(name: str) -> Any:
    """The address of a new policy that is to resolve a record."""
    return lambda record: f"{reverse('roadmap:policy-create')}?{urlencode({name: record.number or ''})}"


page_acts.add(
    PageAct(
        name="roadmap.create_policy_for_hurdle",
        page="hurdles:hurdle-detail",
        label=_("Create a policy"),
        permission="roadmap.create_policy",
        address=_new_policy("hurdle"),
        makes_sense=lambda hurdle: hurdle.status not in NOT_RESOLVED_BY_POLICY and not hurdle.is_closed,
    )
)
page_acts.add(
    PageAct(
        name="roadmap.create_policy_for_common_hurdle",
        page="hurdles:common-hurdle-detail",
        label=_("Create a policy"),
        permission="roadmap.create_policy",
        address=_new_policy("common_hurdle"),
    )
)
