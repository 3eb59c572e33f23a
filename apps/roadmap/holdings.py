"""What of the roadmap a leaver holds, and what hangs on a unit."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.core import wareki
from apps.core.holdings import Holding, HoldingSource, UnitHoldings, holding_sources, unit_holdings
from apps.organization.choices import RoleKind
from apps.organization.models import Role
from apps.roadmap.choices import OPEN_INITIATIVE
from apps.roadmap.selectors import initiatives_visible_to

# Roles of the year that has just ended count still: the handover is looked at on the first days, too.
MONTH = 31


def _initiatives(people: Collection[Any], day: date, viewer: Any) -> Iterable[Holding]:
    """The open initiatives of the posts that these people hold on the eve: they go with the post by themselves."""
    posts = _posts_of(people, day)
    units = {unit for unit, _kind in posts}
    rows = initiatives_visible_to(viewer).filter(status__in=OPEN_INITIATIVE, lead_unit__in=units)
    for initiative in rows.order_by("number", "pk"):
        post = (initiative.lead_unit_id, initiative.lead_role or RoleKind.PROMOTER.value)
        for person in posts.get(post, ()):
            until = wareki.format_date(initiative.ends_on) if initiative.ends_on else ""
            title = f"{initiative.number} {initiative.title}"
            yield Holding(person, str(initiative.uid), title, until, initiative.get_absolute_url(), post[0])


def _posts_of(people: Collection[Any], day: date) -> dict[tuple[int, str], list[int]]:
    """Who of these people holds which post on the eve of the day."""
    recently = date.fromordinal(day.toordinal() - MONTH)
    held = Role.objects.filter(user__in=people, unit__isnull=False, valid_from__lt=day).exclude(valid_to__lt=recently)
    posts: dict[tuple[int, str], list[int]] = {}
    for unit, kind, person in held.values_list("unit", "kind", "user"):
        posts.setdefault((unit or 0, kind), []).append(person)
    return posts


def _open_of(units: Collection[int], user: Any) -> int:
    return initiatives_visible_to(user).filter(status__in=OPEN_INITIATIVE, lead_unit__in=units).count()


holding_sources.add(HoldingSource("roadmap.initiatives", _("Initiatives of the post"), _initiatives))
unit_holdings.add(UnitHoldings("roadmap.initiatives", _("Open initiatives"), _open_of))
