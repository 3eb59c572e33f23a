"""Reads of hurdles; every list starts at what the person may see."""

from typing import Any
from uuid import UUID

from django.db.models import Count, F, Prefetch, Q, QuerySet, Sum

from apps.hurdles.choices import OPEN, HurdleStatus
from apps.hurdles.models import Hurdle, LegalBasis
from apps.organization.choices import RoleKind
from apps.organization.permissions import HEADQUARTERS

# These see every submitted hurdle, whichever unit it comes from.
WIDE_ROLES = (RoleKind.MEMBER, RoleKind.SECRETARIAT, RoleKind.AUDITOR, *HEADQUARTERS)
# Drafts are for their unit and the secretariat; auditors read all.
DRAFT_ROLES = (RoleKind.SECRETARIAT, RoleKind.AUDITOR)


def visible_to(user: Any) -> QuerySet[Hurdle]:
    """The hurdles that `user` may see (design, Rights).

    A draft: its unit and the secretariat. A submitted one: its unit, the team, headquarters, the secretariat; all
    staff where the owning unit is itself the reporting unit. (Once owner's views exist they open more.)
    """
    hurdles = Hurdle.objects.filter(archived_at__isnull=True)
    if not user.role_kinds:
        return hurdles.none()
    own = Q(reporting_unit__in=user.unit_ids)
    submitted = ~Q(status=HurdleStatus.DRAFT)
    open_to_all = submitted & Q(owning_unit=F("reporting_unit"))
    if user.holds(*DRAFT_ROLES):
        return hurdles
    if user.holds(*WIDE_ROLES):
        return hurdles.filter(submitted | own)
    if user.role_kinds == {RoleKind.ADMINISTRATOR}:
        return hurdles.filter(open_to_all)
    return hurdles.filter(open_to_all | own)


def hurdle_list(user: Any) -> QuerySet[Hurdle]:
    """Visible hurdles with all that a row of the list shows, in a constant number of queries."""
    bases = LegalBasis.objects.select_related("level")
    return (
        visible_to(user)
        .select_related("owning_unit", "reporting_unit", "category")
        .prefetch_related(Prefetch("legal_bases", queryset=bases))
    )


def hurdle_detail(user: Any) -> QuerySet[Hurdle]:
    """Visible hurdles with all that their page shows."""
    return (
        hurdle_list(user)
        .select_related("reporter")
        .prefetch_related("affected_units", "themes", "workload__unit", "depends_on", "needed_by")
    )


def by_uid(uid: UUID) -> Hurdle | None:
    """The hurdle that an earlier click of the same form made."""
    return Hurdle.objects.filter(uid=uid).first()


def open_hurdles(user: Any) -> QuerySet[Hurdle]:
    """Visible hurdles about which somebody still has to do something."""
    return visible_to(user).filter(status__in=OPEN)


def count_by_status(user: Any) -> dict[str, int]:
    """Visible, submitted hurdles by state; states without hurdles are missing."""
    rows = visible_to(user).exclude(status=HurdleStatus.DRAFT).order_by().values_list("status")
    return dict(rows.annotate(Count("pk")))


def open_by_category(user: Any) -> list[dict[str, Any]]:
    """Open hurdles by category in the order of the list of categories; the last row has none."""
    rows = open_hurdles(user).order_by("category__order").values("category__code", "category__name")
    return list(rows.annotate(count=Count("pk")))


def open_by_department(user: Any) -> list[dict[str, Any]]:
    """Open hurdles by the department of the owning unit, in the order of the administration."""
    parent = "owning_unit__parent"
    rows = open_hurdles(user).order_by(f"{parent}__order").values(f"{parent}__code", f"{parent}__name")
    return list(rows.annotate(count=Count("pk"), hours=Sum("hours_lost")))


def hours_lost(user: Any) -> int:
    """Hours a year that the open hurdles cost."""
    return open_hurdles(user).aggregate(total=Sum("hours_lost"))["total"] or 0
