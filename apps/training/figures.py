"""The figures of the training. Each number shown anywhere comes from here."""

from collections.abc import Callable
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


def held_url(standpoint: Standpoint, **further: str) -> str:
    """The list of the sessions held in the year, narrowed further."""
    filters = {"year": str(int(standpoint.year)), "state": SessionState.HELD.value, **further}
    return f"{reverse('training:session-list')}?{urlencode(filters)}"


def gaps_url(_standpoint: Standpoint) -> str:
    """The table of needed and present people."""
    return f"{reverse('training:overview')}#training-gaps"


def ad_hoc_url(standpoint: Standpoint) -> str:
    return courses_url(standpoint, adhoc="yes")


def held_ad_hoc_url(standpoint: Standpoint) -> str:
    return held_url(standpoint, adhoc="yes")


def results_url(place: str) -> Callable[[Standpoint], str]:
    """A place on the page of the results of the year."""
    return lambda standpoint: f"{reverse('training:results')}?year={int(standpoint.year)}#{place}"


def courses(standpoint: Standpoint) -> QuerySet[Course]:
    return selectors.courses_of_year(standpoint.year, standpoint.user)


def courses_ad_hoc(standpoint: Standpoint) -> QuerySet[Course]:
    return courses(standpoint).filter(plan__isnull=True)


def sessions_ad_hoc(standpoint: Standpoint) -> QuerySet[Session]:
    return selectors.ad_hoc_held(standpoint.year, standpoint.user)


def went_on(standpoint: Standpoint) -> int | None:
    found = selectors.went_on_in_all(standpoint.year, standpoint.user)
    return found[1] if found else None


def units_silent(standpoint: Standpoint) -> int | None:
    found = selectors.nobody_came(standpoint.year, standpoint.user)
    return found.count if found else None


def placed(standpoint: Standpoint) -> int | None:
    found = selectors.placed_in_all(standpoint.year)
    return found[1] if found else None


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
        link=ad_hoc_url,
        records=courses_ad_hoc,
    )
)
SHARE_OF_COURSES = figures.add(
    Figure(
        name="training.share_ad_hoc_courses",
        label=_("Courses outside of a plan, share"),
        unit="%",
        definition=_(
            "Courses of the fiscal year that stand in no training plan, in percent of all courses of the year."
        ),
        count=lambda standpoint: selectors.share_of_courses(standpoint.year, standpoint.user).percent,
        link=ad_hoc_url,
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
        count=lambda standpoint: selectors.completed_of(sessions_held(standpoint)),
        link=held_url,
        records=sessions_held,
    )
)
SHARE_OF_SESSIONS = figures.add(
    Figure(
        name="training.share_ad_hoc_sessions",
        label=_("Sessions outside of a plan, share"),
        unit="%",
        definition=_(
            "Sessions held in the fiscal year of courses that stand in no plan, in percent of all sessions held."
        ),
        count=lambda standpoint: selectors.share_of_sessions(standpoint.year, standpoint.user).percent,
        link=held_ad_hoc_url,
        records=sessions_ad_hoc,
    )
)
SHARE_OF_PEOPLE = figures.add(
    Figure(
        name="training.share_ad_hoc_people",
        label=_("Completed outside of a plan, share"),
        unit="%",
        definition=_(
            "People who completed the sessions held in the fiscal year of courses that stand in no plan, in percent of "
            "all who completed a session held; sessions with fewer than five people are left out."
        ),
        count=lambda standpoint: selectors.share_of_people(standpoint.year, standpoint.user).percent,
        link=held_ad_hoc_url,
        records=sessions_ad_hoc,
    )
)
WENT_ON = figures.add(
    Figure(
        name="training.went_on",
        label=_("People who went on to the next course"),
        unit=_("people in all"),
        definition=_(
            "Of those who completed a course of the fiscal year that has a next course, who has enrolled in that one. "
            "From rolls alone; sessions and courses where the number is hidden are left out."
        ),
        count=went_on,
        link=results_url("going-on"),
    )
)
UNITS_SILENT = figures.add(
    Figure(
        name="training.units_silent",
        label=_("Sections from which nobody came"),
        unit=_("sections"),
        definition=_(
            "Sections of five or more people from which nobody came to a session held in the fiscal year. From rolls "
            "alone; smaller sections count together in their department where these are five or more people."
        ),
        count=units_silent,
        link=results_url("units"),
    )
)
PLACED = figures.add(
    Figure(
        name="training.placed",
        label=_("People placed where they use it"),
        unit=_("people"),
        definition=_(
            "Of those recognised for a talent profile, who is placed where the skills are used: at the end of the "
            "fiscal year, or today. Profiles where the number is hidden are left out."
        ),
        count=placed,
        link=results_url("placement"),
    )
)
GAP = figures.add(
    Figure(
        name="training.gap",
        label=_("People that the city is short of"),
        unit=_("people"),
        definition=_(
            "Needed people of the fiscal year less those present (counted, or by the latest estimate), added up over "
            "the talent profiles; a profile with more people than needed counts as 0."
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
        definition=_(
            "Needed people of the fiscal year less those present (counted, or by the latest estimate), at least 0."
        ),
        count=gap_by_profile,
        link=gaps_url,
    )
)
LEADER_GAP = figures.add(
    Figure(
        name="training.leader_gap",
        label=_("DX promotion leaders that the city is short of"),
        unit=_("people"),
        definition=_(
            "Needed DX promotion leaders of the fiscal year less those present (counted, or by the latest estimate)."
        ),
        count=lambda standpoint: selectors.people_short(standpoint.year, selectors.LEADER),
        link=gaps_url,
    )
)
