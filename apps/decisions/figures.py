"""The figures of meetings and directives. Each number shown anywhere comes from here."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.registry import Figure, Standpoint, figures
from apps.decisions.choices import OPEN_DIRECTIVE, DirectiveStatus
from apps.decisions.models import Directive, Meeting
from apps.decisions.selectors import (
    count_by_status,
    directives_visible_to,
    late_directives,
    meetings_of_year,
    meetings_visible_to,
    open_directives,
)


def meetings_url(standpoint: Standpoint) -> str:
    """The list of the year's meetings."""
    return f"{reverse('decisions:meeting-list')}?{urlencode({'year': int(standpoint.year)})}"


def directives_url(**filters: str) -> str:
    """The list of directives with these filters."""
    listed = reverse("decisions:directive-list")
    return f"{listed}?{urlencode(filters)}" if filters else listed


def held_in_year(standpoint: Standpoint) -> QuerySet[Meeting]:
    return meetings_of_year(meetings_visible_to(standpoint.user), standpoint.year)


def every(standpoint: Standpoint) -> QuerySet[Directive]:
    return directives_visible_to(standpoint.user)


def still_open(standpoint: Standpoint) -> QuerySet[Directive]:
    return open_directives(every(standpoint))


def late(standpoint: Standpoint) -> QuerySet[Directive]:
    return late_directives(every(standpoint))


def by_status(standpoint: Standpoint) -> list[dict[str, Any]]:
    counts = count_by_status(every(standpoint))
    return [
        {
            "label": status.label,
            "value": counts[status],
            "url": directives_url(status=status.value),
            "tone": "key" if status in OPEN_DIRECTIVE else "green",
        }
        for status in DirectiveStatus
        if counts.get(status)
    ]


def _declare(
    name: str,
    label: Any,
    definition: Any,
    records: Callable[[Standpoint], QuerySet[Directive]],
    link: Callable[[Standpoint], str],
) -> Figure:
    """A number of directives."""
    return figures.add(
        Figure(
            name=f"decisions.{name}",
            label=label,
            unit=_("directives"),
            definition=definition,
            count=lambda standpoint: records(standpoint).count(),
            link=link,
            records=records,
        )
    )


MEETINGS = figures.add(
    Figure(
        name="decisions.meetings",
        label=_("Meetings"),
        unit=_("meetings"),
        definition=_("The meetings of this fiscal year, of whichever body, those still to be held included."),
        count=lambda standpoint: held_in_year(standpoint).count(),
        link=meetings_url,
        records=held_in_year,
    )
)
DIRECTIVES_OPEN = _declare(
    "directives_open",
    _("Open directives"),
    _("Directives of the head of headquarters that are neither completed nor withdrawn."),
    still_open,
    lambda _standpoint: directives_url(status="open"),
)
DIRECTIVES_LATE = _declare(
    "directives_late",
    _("Overdue directives"),
    _("Open directives whose day has passed."),
    late,
    lambda _standpoint: directives_url(late="yes"),
)
DIRECTIVES_BY_STATUS = figures.add(
    Figure(
        name="decisions.directives_by_status",
        label=_("Directives by state"),
        unit=_("directives"),
        definition=_("All directives of the head of headquarters by their state."),
        count=by_status,
        link=lambda _standpoint: directives_url(),
        records=every,
    )
)
