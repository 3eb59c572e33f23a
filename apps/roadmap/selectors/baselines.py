"""Baselines: the frozen plans to measure slips against."""

from typing import Any

from django.db.models import QuerySet

from apps.roadmap.models import Baseline, BaselineInitiative


def baselines_visible_to(user: Any) -> QuerySet[Baseline]:
    """All baselines, for whoever holds a role, the newest first."""
    baselines = Baseline.objects.filter(archived_at__isnull=True)
    return baselines if user.role_kinds else baselines.none()


def default_baseline() -> Baseline | None:
    """The newest baseline: what today's plan is measured against where nobody chooses another one."""
    return Baseline.objects.filter(archived_at__isnull=True).first()


def entries_of_baseline(baseline: Baseline) -> dict[int, BaselineInitiative]:
    """What a baseline holds, by the key of the initiative."""
    return {entry.initiative_id: entry for entry in baseline.entries.select_related("initiative")}
