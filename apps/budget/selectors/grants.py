"""Reads of grant programmes, and of the generations that they belong to."""

from django.db.models import QuerySet

from apps.budget.models import GrantGeneration, GrantProgramme


def grant_list() -> QuerySet[GrantProgramme]:
    """All grant programmes, the next to close first."""
    return GrantProgramme.objects.filter(archived_at__isnull=True).prefetch_related("proposals__requesting_unit")


def grant_generations() -> QuerySet[GrantGeneration]:
    """How the nation's grants followed one another, with the types of each."""
    return GrantGeneration.objects.prefetch_related("types")
