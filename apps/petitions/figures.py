"""The figures of petitions. Each number shown anywhere comes from here."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.registry import Figure, Standpoint, figures
from apps.petitions.choices import PUBLIC, PetitionStatus
from apps.petitions.models import Petition
from apps.petitions.selectors import ENDED, count_by_status, of_year, visible_to


def petitions_url(standpoint: Standpoint, **filters: str) -> str:
    """The list of the year's petitions, narrowed further."""
    query = {"year": str(int(standpoint.year)), **filters}
    return f"{reverse('petitions:petition-list')}?{urlencode(query)}"


def submitted_url(standpoint: Standpoint) -> str:
    return petitions_url(standpoint, status="public")


def petitions_of_year(standpoint: Standpoint) -> QuerySet[Petition]:
    return of_year(visible_to(standpoint.user), standpoint.year)


def submitted_of_year(standpoint: Standpoint) -> QuerySet[Petition]:
    return petitions_of_year(standpoint).filter(status__in=PUBLIC)


def by_status(standpoint: Standpoint) -> list[dict[str, Any]]:
    counts = count_by_status(petitions_of_year(standpoint))
    return [
        {
            "label": status.label,
            "value": counts[status],
            "url": petitions_url(standpoint, status=status.value),
            "tone": "green" if status in ENDED else "key",
        }
        for status in PetitionStatus
        if counts.get(status)
    ]


ALL = figures.add(
    Figure(
        name="petitions.all",
        label=_("Petitions"),
        unit=_("petitions"),
        definition=_("The petitions of this fiscal year, from internal consideration on."),
        count=lambda standpoint: petitions_of_year(standpoint).count(),
        link=petitions_url,
        records=petitions_of_year,
    )
)
SUBMITTED = figures.add(
    Figure(
        name="petitions.submitted",
        label=_("Petitions submitted"),
        unit=_("petitions"),
        definition=_("The petitions of this fiscal year that were handed in to the nation, answered ones included."),
        count=lambda standpoint: submitted_of_year(standpoint).count(),
        link=submitted_url,
        records=submitted_of_year,
    )
)
BY_STATUS = figures.add(
    Figure(
        name="petitions.by_status",
        label=_("Petitions by state"),
        unit=_("petitions"),
        definition=_("The petitions of this fiscal year by their state."),
        count=by_status,
        link=petitions_url,
        records=petitions_of_year,
    )
)
