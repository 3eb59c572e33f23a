"""Baselines: the frozen plans to measure slips against."""

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from apps.roadmap.choices import InitiativeStatus
from apps.roadmap.models import Baseline, BaselineInitiative, Initiative


def _slipped(path: str = "") -> Q:
    """Of the entries of baselines: the end comes later today; what is cancelled or archived slips no more."""
    return Q(
        **{f"{path}initiative__ends_on__gt": F(f"{path}ends_on"), f"{path}initiative__archived_at__isnull": True}
    ) & ~Q(**{f"{path}initiative__status": InitiativeStatus.CANCELLED})


def baselines_visible_to(user: Any) -> QuerySet[Baseline]:
    """All baselines, for whoever holds a role, the newest first."""
    baselines = Baseline.objects.filter(archived_at__isnull=True)
    return baselines if user.role_kinds else baselines.none()


def baseline_list(user: Any) -> QuerySet[Any]:
    """Visible baselines; `held` initiatives, of which `slipped` end later today."""
    return (
        baselines_visible_to(user)
        .select_related("frozen_by")
        .annotate(held=Count("entries"), slipped=Count("entries", filter=_slipped("entries__")))
    )


def default_baseline() -> Baseline | None:
    """The newest baseline: what today's plan is measured against where nobody chooses another one."""
    return Baseline.objects.filter(archived_at__isnull=True).first()


def entries_of_baseline(baseline: Baseline) -> dict[int, BaselineInitiative]:
    """What a baseline holds, by the key of the initiative."""
    return {entry.initiative_id: entry for entry in baseline.entries.select_related("initiative")}


def slipped(initiatives: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """Those that end later than the newest baseline says; none where there is no baseline."""
    newest = Baseline.objects.filter(archived_at__isnull=True).order_by("-frozen_on", "-pk").values("pk")[:1]
    entries = BaselineInitiative.objects.filter(_slipped(), baseline__in=newest, initiative=OuterRef("pk"))
    return initiatives.filter(Exists(entries))
