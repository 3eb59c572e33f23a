"""The figures of reflections. Each number shown anywhere comes from here."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.registry import Figure, Standpoint, figures
from apps.reviews.selectors import of_year, reflections_visible_to


def reflections_url(standpoint: Standpoint, **filters: str) -> str:
    """The reflections on the year before, narrowed further."""
    query = {"year": str(int(standpoint.year.previous)), **filters}
    return f"{reverse('reviews:reflection-list')}?{urlencode(query)}"


def of_last_year(standpoint: Standpoint) -> QuerySet[Any]:
    return of_year(reflections_visible_to(standpoint.user), standpoint.year.previous)


def unanswered(standpoint: Standpoint) -> QuerySet[Any]:
    return of_last_year(standpoint).filter(is_answered=False)


REFLECTIONS = figures.add(
    Figure(
        name="reviews.reflections",
        label=_("Reflections on the year before"),
        unit=_("reflections"),
        definition=_("The reflections on the fiscal year before this one."),
        count=lambda standpoint: of_last_year(standpoint).count(),
        link=reflections_url,
        records=of_last_year,
    )
)
UNANSWERED = figures.add(
    Figure(
        name="reviews.unanswered",
        label=_("Reflections that nothing answers"),
        unit=_("reflections"),
        definition=_(
            "The reflections on the fiscal year before this one to which no policy, initiative, course, proposal or "
            "petition is linked."
        ),
        count=lambda standpoint: unanswered(standpoint).count(),
        link=lambda standpoint: reflections_url(standpoint, answered="no"),
        records=unanswered,
    )
)
