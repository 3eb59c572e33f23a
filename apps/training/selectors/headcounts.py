"""The unit groups for which a profile may say how many people it needs."""

from django.db.models import Q, QuerySet

from apps.organization.models import Unit
from apps.organization.selectors import departments_today
from apps.training.models import TalentProfile


def groups_to_add(profile: TalentProfile) -> QuerySet[Unit]:
    """The departments of today of which nothing is said yet."""
    return departments_today().exclude(pk__in=profile.headcounts.exclude(unit=None).values("unit"))


def group_of(profile: TalentProfile, code: str) -> Unit | None:
    """The unit group of this code: one that the profile has, or a department of today."""
    had = profile.headcounts.exclude(unit=None).values("unit")
    wanted = Q(pk__in=had) | Q(pk__in=departments_today().order_by().values("pk"))
    return Unit.objects.filter(wanted, code=code).order_by("valid_to", "pk").last()
