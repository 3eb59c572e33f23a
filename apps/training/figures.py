"""The figures of the training. Each number shown anywhere comes from here."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.registry import Figure, Standpoint, figures
from apps.training import selectors
from apps.training.choices import SessionState
from apps.training.models import Course, Session


def courses_url(standpoint: Standpoint, **filters: str) -> str:
    """The list of the year's courses, narrowed further."""
    return f"{reverse('training:course-list')}?{urlencode({'year': str(int(standpoint.year)), **filters})}"


def held_url(standpoint: Standpoint) -> str:
    """The list of the sessions held in the year."""
    filters = {"year": str(int(standpoint.year)), "state": SessionState.HELD.value}
    return f"{reverse('training:session-list')}?{urlencode(filters)}"


def gaps_url(_standpoint: Standpoint) -> str:
    """The table of needed and present people."""
    return f"{reverse('training:overview')}#training-gaps"


def courses(standpoint: Standpoint) -> QuerySet[Course]:
    return selectors.courses_of_year(standpoint.year, standpoint.user)


def courses_ad_hoc(standpoint: Standpoint) -> QuerySet[Course]:
    return courses(standpoint).filter(plan__isnull=True)


def sessions_held(standpoint: Standpoint) -> QuerySet[Session]:
    return selectors.held_in(standpoint.year, standpoint.user)


def gap_by_profile(standpoint: Standpoint) -> list[dict[str, Any]]:
    return [
        {"label": profile.name, "value": short, "url": gaps_url(standpoint)}
        for profile, short in selectors.gaps_of_year(standpoint.year)
    ]


COURSES = figures.add(
    Figure(
        name="training.courses",
        label=_("Courses"),
        unit=_("courses"),
        definition=_("All courses of the fiscal year, inside and outside of a training plan."),
        count=lambda standpoint: courses(standpoint).count(),
        link=courses_url,
        records=courses,
    )
)
COURSES_AD_HOC = figures.add(
    Figure(
        name="training.courses_ad_hoc",
        label=_("Courses outside of a plan"),
        unit=_("courses"),
        definition=_("Courses of the fiscal year that stand in no training plan."),
        count=lambda standpoint: courses_ad_hoc(standpoint).count(),
        link=lambda standpoint: courses_url(standpoint, adhoc="yes"),
        records=courses_ad_hoc,
    )
)
SESSIONS_HELD = figures.add(
    Figure(
        name="training.sessions_held",
        label=_("Sessions held"),
        unit=_("sessions"),
        definition=_("Sessions whose day lies in the fiscal year and that were held."),
        count=lambda standpoint: sessions_held(standpoint).count(),
        link=held_url,
        records=sessions_held,
    )
)
COMPLETED = figures.add(
    Figure(
        name="training.completed",
        label=_("People who completed a session"),
        unit=_("people in all"),
        definition=_(
            "People who completed the sessions held in the fiscal year; who completed two of them is counted twice."
        ),
        count=lambda standpoint: selectors.completed_in(standpoint.year, standpoint.user),
        link=held_url,
        records=sessions_held,
    )
)
GAP = figures.add(
    Figure(
        name="training.gap",
        label=_("People that the city is short of"),
        unit=_("people"),
        definition=_(
            "Needed people of the fiscal year less those present by the latest estimate, added up over the talent "
            "profiles; a profile with more people than needed counts as 0."
        ),
        count=lambda standpoint: selectors.people_short(standpoint.year),
        link=gaps_url,
    )
)
GAP_BY_PROFILE = figures.add(
    Figure(
        name="training.gap_by_profile",
        label=_("People that the city is short of, by profile"),
        unit=_("people"),
        definition=_("Needed people of the fiscal year less those present by the latest estimate, at least 0."),
        count=gap_by_profile,
        link=gaps_url,
    )
)
LEADER_GAP = figures.add(
    Figure(
        name="training.leader_gap",
        label=_("DX promotion leaders that the city is short of"),
        unit=_("people"),
        definition=_("Needed DX promotion leaders of the fiscal year less those present by the latest estimate."),
        count=lambda standpoint: selectors.people_short(standpoint.year, selectors.LEADER),
        link=gaps_url,
    )
)
