"""Reads of common hurdles: all who hold a role see them, and of their members those that are open to them."""

from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from apps.hurdles.choices import CLOSED
from apps.hurdles.models import AffectedUnit, CommonHurdle, CommonHurdleMember
from apps.hurdles.selectors.hurdles import hurdle_list, visible_to
from apps.organization.permissions import holds_any_role
from apps.organization.selectors import sections_today


def common_hurdles(user: Any) -> QuerySet[CommonHurdle]:
    """All common hurdles, for whoever holds a role."""
    every = CommonHurdle.objects.filter(archived_at__isnull=True)
    return every if holds_any_role(user) else every.none()


def common_hurdle_list(user: Any) -> QuerySet[Any]:
    """Common hurdles with what a row shows.

    `members` and `members_open` count every member: how many a record of the whole city has is no secret. `hours`
    (a year) and `units` (touched; each section of today where one member touches all) come from the visible ones.
    """
    members = CommonHurdleMember.objects.filter(common_hurdle=OuterRef("pk"), hurdle__archived_at__isnull=True)
    seen = members.filter(hurdle__in=visible_to(user))
    return (
        common_hurdles(user)
        .select_related("lead_unit")
        .annotate(
            members=_of_members(members, Count("pk")),
            members_open=_of_members(members.exclude(hurdle__status__in=CLOSED), Count("pk")),
            hours=_of_members(seen, Sum("hurdle__hours_lost")),
            touches_all=Exists(seen.filter(hurdle__affects_all_units=True)),
            units=Case(
                When(touches_all=True, then=Value(sections_today().count())),
                default=_units_touched(user),
            ),
        )
    )


def _of_members(members: QuerySet[CommonHurdleMember], value: Any) -> Coalesce:
    """An aggregate over the members of one common hurdle, by itself, so that joins multiply nothing."""
    rows = members.order_by().values("common_hurdle")
    return Coalesce(Subquery(rows.annotate(value=value).values("value")), 0)


def _units_touched(user: Any) -> Coalesce:
    """The units that the visible members touch, each once."""
    members = visible_to(user).filter(common_hurdle_links__common_hurdle=OuterRef(OuterRef("pk")))
    touched = AffectedUnit.objects.filter(hurdle__in=members.values("pk")).order_by()
    rows = touched.annotate(one=Value(1)).values("one").annotate(value=Count("unit", distinct=True))
    return Coalesce(Subquery(rows.values("value")), 0)


def members_seen(common_hurdle: CommonHurdle, user: Any) -> QuerySet[Any]:
    """The members that `user` may see, in the order of their numbers."""
    return hurdle_list(user).filter(common_hurdle_links__common_hurdle=common_hurdle).order_by("number", "pk")


def units_touched(hurdles: Any) -> list[str]:
    """The names of the units that these hurdles touch, in the order of the administration."""
    links = AffectedUnit.objects.filter(hurdle__in=hurdles).order_by("unit__order").values_list("unit__name", flat=True)
    return list(dict.fromkeys(links))
