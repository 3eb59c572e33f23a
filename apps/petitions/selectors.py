"""Reads of petitions; every list starts at what the person may see."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.hurdles.models import CommonHurdle, Hurdle
from apps.hurdles.selectors import visible_to as visible_hurdles
from apps.organization.choices import RoleKind
from apps.organization.permissions import HEADQUARTERS, is_staff_member
from apps.petitions.choices import PUBLIC, PetitionStatus
from apps.petitions.models import Petition, PetitionHurdle

# These see a petition while it is still being written.
WIDE_ROLES = (RoleKind.MEMBER, RoleKind.SECRETARIAT, RoleKind.AUDITOR, *HEADQUARTERS)
# The nation has said its last word.
ENDED = (PetitionStatus.REALISED, PetitionStatus.ALREADY_POSSIBLE, PetitionStatus.NOT_REALISED)
OPEN = tuple(status for status in PetitionStatus if status not in ENDED)
UNSENT = tuple(status for status in PetitionStatus if status not in PUBLIC)


def visible_to(user: Any) -> QuerySet[Petition]:
    """The petitions that `user` may see.

    Submitted ones: all staff. Before: the team, the secretariat, headquarters, auditors, and the units that own one
    of its hurdles.
    """
    petitions = Petition.objects.filter(archived_at__isnull=True)
    if not user.role_kinds:
        return petitions.none()
    if user.holds(*WIDE_ROLES):
        return petitions
    public = Q(status__in=PUBLIC)
    if not is_staff_member(user):
        return petitions.filter(public)
    owned = PetitionHurdle.objects.filter(petition=OuterRef("pk"), hurdle__owning_unit__in=user.unit_ids)
    return petitions.filter(public | Exists(owned))


def petition_list(user: Any) -> QuerySet[Petition]:
    """Visible petitions with all that a row shows; `seen_hurdles` are those that the person may see."""
    hurdles = visible_hurdles(user).order_by("number", "pk")
    return (
        visible_to(user)
        .select_related("channel")
        .prefetch_related(Prefetch("hurdles", queryset=hurdles, to_attr="seen_hurdles"))
    )


def petition_detail(user: Any) -> QuerySet[Petition]:
    """Visible petitions with all that their page shows."""
    return petition_list(user).prefetch_related("answers")


def of_year(petitions: QuerySet[Petition], fiscal_year: FiscalYear) -> QuerySet[Petition]:
    return petitions.filter(fiscal_year=fiscal_year)


def due_within(petitions: QuerySet[Petition], days: int) -> QuerySet[Petition]:
    """Petitions not yet sent whose day of submission comes within so many days, or has passed."""
    return petitions.filter(status__in=UNSENT, submission_on__lte=clock.today() + timedelta(days=days))


def count_by_status(petitions: QuerySet[Petition]) -> dict[str, int]:
    """Petitions by state; states without petitions are missing."""
    return dict(petitions.order_by().values_list("status").annotate(Count("pk")))


def fiscal_years() -> list[FiscalYear]:
    """The years to choose from, newest first: those that have petitions, and the present one."""
    years = set(Petition.objects.order_by().values_list("fiscal_year", flat=True).distinct())
    return sorted(years | {FiscalYear.of(clock.today())}, reverse=True)


def ministries_of(petitions: QuerySet[Petition]) -> list[str]:
    """The ministries that these petitions address, each once."""
    return sorted({name for names in petitions.order_by().values_list("ministries", flat=True) for name in names})


def petitions_of_hurdle(hurdle: Hurdle, user: Any) -> QuerySet[Petition]:
    """The visible petitions that come from a hurdle."""
    return visible_to(user).filter(hurdles=hurdle).select_related("channel")


def petitions_of_common_hurdle(common_hurdle: CommonHurdle, user: Any) -> QuerySet[Petition]:
    """The visible petitions that come from a member of a common hurdle; only members that the person sees count."""
    members = visible_hurdles(user).filter(common_hurdles=common_hurdle)
    links = PetitionHurdle.objects.filter(petition=OuterRef("pk"), hurdle__in=members)
    return visible_to(user).filter(Exists(links)).select_related("channel")
