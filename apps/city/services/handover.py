"""The handover: what a leaver holds goes to the successors in one act."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.city.models import Handover
from apps.city.selectors.handovers import Item, leaver
from apps.core import clock, wareki
from apps.core.history import act, declare_event
from apps.core.holdings import holding_sources
from apps.core.permissions import require
from apps.organization.models import User

HANDED_OVER = declare_event("city.handover.done", gettext_lazy("Handed over"))


def hand_over(*, person: User, day: date, to: Mapping[str, User], by: Any) -> Handover:
    """Moves each thing that `to` names (by the item's key) to its successor; what has moved already stays moved.

    What nobody is named for stays; what follows the post by itself is noted. A second click finds nothing to do.
    """
    require(by, "city.hand_over")
    words = _("Handover of %(person)s on %(day)s") % {"person": person, "day": wareki.format_date(day)}
    with act(HANDED_OVER, by=by, reason=words):
        User.objects.select_for_update().get(pk=person.pk)
        handover, _new = Handover.objects.get_or_create(
            person=person, day=day, defaults={"done_by": by, "done_at": clock.now()}
        )
        found = leaver(person, day, by).items
        lines = [_line(item, _moved(item, person, day, to)) for item in found if not item.to and _is_due(item, to)]
        if lines:
            handover.lines = [*handover.lines, *lines]
            handover.done_by, handover.done_at = by, clock.now()
            handover.save()
    return handover


def _is_due(item: Item, to: Mapping[str, User]) -> bool:
    return not item.moves or item.key in to


def _moved(item: Item, person: User, day: date, to: Mapping[str, User]) -> str:
    """Moves the thing, and says to whom it went."""
    name, _sign, key = item.key.partition(":")
    pass_on = holding_sources[name].pass_on
    if pass_on is None:
        return _("goes with the post")
    pass_on(key=key, person=person, to=_as_on(to[item.key], day), day=day)
    return str(to[item.key])


def _as_on(person: User, day: date) -> User:
    """The person with the roles of the day: a successor sees from then on what they do not see yet."""
    there = User.objects.get(pk=person.pk)
    there.roles_today = list(there.roles.on(max(day, clock.today())).select_related("unit"))
    return there


def _line(item: Item, to: str) -> dict[str, Any]:
    holding = item.holding
    return {
        "key": item.key,
        "label": item.label,
        "title": holding.title,
        "note": holding.note,
        "url": holding.url,
        "to": to,
    }
