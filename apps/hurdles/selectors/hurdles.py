"""Reads of hurdles; every list starts at what the person may see."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Model, OuterRef, Prefetch, Q, QuerySet, Sum

from apps.core import clock
from apps.core.history import event_model_of
from apps.hurdles.choices import OPEN, HurdleStatus
from apps.hurdles.models import CommonHurdle, Endorsement, Hurdle, LegalBasis, OwnerView, SolvedCase
from apps.organization.choices import RoleKind
from apps.organization.models import Unit
from apps.organization.permissions import HEADQUARTERS, is_staff_member
from apps.organization.selectors.lineage import departments_of_units

# These see every submitted hurdle, whichever unit it comes from.
WIDE_ROLES = (RoleKind.MEMBER, RoleKind.SECRETARIAT, RoleKind.AUDITOR, *HEADQUARTERS)
# Drafts are for their unit and the secretariat; auditors read all.
DRAFT_ROLES = (RoleKind.SECRETARIAT, RoleKind.AUDITOR)


def visible_to(user: Any) -> QuerySet[Hurdle]:
    """The hurdles that `user` may see (design, Rights).

    A draft: its unit and the secretariat. A submitted one: its unit, the team, headquarters, the secretariat; its
    owning unit once asked; all staff once that unit has answered or let its date pass, or where it is itself the
    reporting unit. An administrator alone sees what all staff see.
    """
    return _open_to(user, Hurdle.objects.filter(archived_at__isnull=True))


def _open_to(user: Any, hurdles: QuerySet[Hurdle]) -> QuerySet[Hurdle]:
    if not user.role_kinds:
        return hurdles.none()
    if user.holds(*DRAFT_ROLES):
        return hurdles
    units = user.unit_ids if is_staff_member(user) else frozenset()
    own = Q(reporting_unit__in=units)
    submitted = ~Q(status=HurdleStatus.DRAFT)
    if user.holds(*WIDE_ROLES):
        return hurdles.filter(submitted | own)
    return hurdles.filter(own | submitted & (Q(opened_on__lte=clock.today()) | _asked_of(units)))


def _asked_of(units: Collection[int]) -> Q:
    """Whether the present owning unit is one of `units` and has been asked for its view."""
    asked = OwnerView.objects.filter(unit__in=units, unit=OuterRef("owning_unit"), asked_on__lte=clock.today())
    return Q(owning_unit__in=units) & Q(Exists(asked.filter(hurdle=OuterRef("pk"))))


def hurdle_list(user: Any) -> QuerySet[Any]:
    """Visible hurdles with all that a row of the list shows, in a constant number of queries."""
    bases = LegalBasis.objects.select_related("level")
    return (
        visible_to(user)
        .select_related("owning_unit", "reporting_unit", "category", "next_action_unit")
        .prefetch_related(Prefetch("legal_bases", queryset=bases))
    )


def hurdle_detail(user: Any) -> QuerySet[Any]:
    """Visible hurdles with all that their page shows; other hurdles that they name are those that `user` sees."""
    asked = OwnerView.objects.filter(asked_on__lte=clock.today()).select_related("unit")
    return (
        hurdle_list(user)
        .select_related("reporter", "next_action_unit")
        .prefetch_related(
            "affected_units",
            "target_moves__asked_by",
            "resolutions__proposed_by",
            "resolutions__decided_by",
            "themes",
            "workload__unit",
            "city_examples",
            "citizen_evidence",
            Prefetch("depends_on", queryset=visible_to(user).order_by("number"), to_attr="needs_first"),
            Prefetch("owner_views", queryset=asked.order_by("-asked_on", "-pk"), to_attr="views_asked"),
            Prefetch("endorsements", queryset=Endorsement.objects.select_related("unit", "endorsed_by")),
            Prefetch("common_hurdles", queryset=CommonHurdle.objects.filter(archived_at__isnull=True)),
            Prefetch("solved_cases", queryset=SolvedCase.objects.filter(archived_at__isnull=True)),
        )
    )


def by_uid(uid: UUID) -> Hurdle | None:
    """The hurdle that an earlier click of the same form made."""
    return Hurdle.objects.filter(uid=uid).first()


def sees_every_link(record: Model, part: str, user: Any) -> bool:
    """Whether every hurdle that was ever linked to `record` by `part` is open to `user`.

    `part` is a related name of rows with a `hurdle`. Where one is hidden, the history of these links would name it.
    """
    relation: Any = type(record)._meta.get_field(part)
    events = event_model_of(relation.related_model)._default_manager
    linked = events.filter(**{f"{relation.field.name}_id": record.pk}).values("hurdle")
    # Archived ones count as well: the history goes on naming them to those who saw them.
    seen = _open_to(user, Hurdle.objects.all())
    return not Hurdle.objects.filter(pk__in=linked).exclude(pk__in=seen.values("pk")).exists()


def open_hurdles(user: Any) -> QuerySet[Hurdle]:
    """Visible hurdles about which somebody still has to do something."""
    return visible_to(user).filter(status__in=OPEN)


def received_hurdles(user: Any) -> QuerySet[Hurdle]:
    """What has come in and waits to be taken up, the oldest first."""
    return visible_to(user).filter(status=HurdleStatus.SUBMITTED).order_by("reported_on", "pk")


def submitted_hurdles(user: Any) -> QuerySet[Hurdle]:
    """Visible hurdles that have left the state of a draft, closed ones included."""
    return visible_to(user).exclude(status=HurdleStatus.DRAFT)


def count_by_status(user: Any) -> dict[str, int]:
    """Visible, submitted hurdles by state; states without hurdles are missing."""
    rows = submitted_hurdles(user).order_by().values_list("status")
    return dict(rows.annotate(Count("pk")))


def open_by_category(user: Any) -> list[dict[str, Any]]:
    """Open hurdles by category in the order of the list of categories; the last row has none."""
    rows = open_hurdles(user).order_by("category__order").values("category__code", "category__name")
    return list(rows.annotate(count=Count("pk")))


def open_by_department(user: Any) -> list[dict[str, Any]]:
    """Open hurdles by today's department of the owning unit, in the order of the administration.

    What an old unit owns counts once, with the unit that took it over. The database sums by unit, so the number of
    rows that come here is that of the units, not of the hurdles.
    """
    rows = open_hurdles(user).order_by().values_list("owning_unit").annotate(Count("pk"), Sum("hours_lost"))
    departments, found = departments_of_units(), dict[int | None, list[int]]()
    for unit, count, hours in rows:
        total = found.setdefault(departments.get(unit or 0), [0, 0])
        total[0], total[1] = total[0] + count, total[1] + (hours or 0)
    parents = Unit.objects.in_bulk([pk for pk in found if pk])
    last = (True, 0)
    order = {pk: (False, parents[pk].order) if pk else last for pk in found}
    return [_department(parents.get(pk or 0), *found[pk]) for pk in sorted(found, key=lambda pk: order[pk])]


def _department(department: Unit | None, count: int, hours: int) -> dict[str, Any]:
    return {
        "owning_unit__parent__code": department.code if department else None,
        "owning_unit__parent__name": department.name if department else None,
        "count": count,
        "hours": hours,
    }


def hours_lost(user: Any) -> int:
    """Hours a year that the open hurdles cost."""
    return open_hurdles(user).aggregate(total=Sum("hours_lost"))["total"] or 0
