"""What the training shows on the pages of lower apps, and what it lets people do from there."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.menu import Act, as_buttons
from apps.core.permissions import permitted
from apps.core.registry import PageAct, Panel, page_acts, panels
from apps.hurdles.choices import HurdleStatus
from apps.training.choices import EnrolmentState
from apps.training.selectors import course_list, plan_list
from apps.training.selectors.enrolments import (
    is_to_come,
    last_day_to_enrol,
    own_enrolment,
    reported_without_names,
    takes_enrolments,
    waiting_place,
)
from apps.training.selectors.outcomes import outcome_of


def courses_of_hurdle(hurdle: Any, user: Any) -> dict[str, Any] | None:
    """The courses that help to clear a hurdle; nothing where there are none."""
    if not hurdle.course_links.exists():  # most have none: the numbers of courses need not even be asked for
        return None
    courses = list(course_list(user).filter(hurdle_links__hurdle=hurdle).order_by("-fiscal_year", "pk"))
    return {"courses": courses} if courses else None


def plans_of_initiative(initiative: Any, user: Any) -> dict[str, Any] | None:
    """The training plans that an initiative has; nothing where there are none."""
    plans = list(plan_list(user).filter(initiative=initiative).order_by("-from_year", "pk"))
    return {"plans": plans} if plans else None


WITHOUT_PLACE = (None, EnrolmentState.INVITED, EnrolmentState.DECLINED, EnrolmentState.WITHDRAWN)


def enrolment_in_session(session: Any, user: Any) -> dict[str, Any]:
    """One's own place in a session, and what one may do about it."""
    own = own_enrolment(session, user)
    elsewhere = reported_without_names(session)
    takes = takes_enrolments(session) and not elsewhere
    acts = list(_acts_in_session(session, user, takes, own.state if own else None))
    return {
        "own": own,
        "place": waiting_place(own) if own else None,
        "takes": takes,
        "elsewhere": elsewhere and takes_enrolments(session),
        "last_day": last_day_to_enrol(session),
        "acts": as_buttons(acts, primary=("enrol",)),
    }


def _acts_in_session(session: Any, user: Any, takes: bool, state: str | None) -> Iterator[Act]:
    address = [session.uid]
    if takes and state in WITHOUT_PLACE and permitted(user, "training.enrol_oneself", session):
        yield Act("enrol", _("Enrol"), reverse("training:session-enrol", args=address))
    if takes and permitted(user, "training.view_people"):
        yield Act("enrol_person", _("Enrol a person"), reverse("training:session-enrol-person", args=address))
    if (
        is_to_come(session)
        and not reported_without_names(session)
        and permitted(user, "training.invite_people", session)
    ):
        yield Act("invite", _("Invite people"), reverse("training:session-invite", args=address))
    if permitted(user, "training.keep_roll", session):
        yield Act("roll", _("Roll"), reverse("training:session-roll", args=address))


def outcome_of_course(course: Any, _user: Any) -> dict[str, Any] | None:
    """What came of a course in numbers; nothing where there are too few."""
    outcome = outcome_of(course)
    return {"outcome": outcome} if outcome else None


panels.add(
    Panel(
        name="training.enrolment_in_session",
        page="training:session-detail",
        template="training/enrolment_panel.html",
        context=enrolment_in_session,
    )
)
panels.add(
    Panel(
        name="training.outcome_of_course",
        page="training:course-detail",
        template="training/outcome_panel.html",
        context=outcome_of_course,
    )
)
panels.add(
    Panel(
        name="training.courses_of_hurdle",
        page="hurdles:hurdle-detail",
        template="training/hurdle_panel.html",
        context=courses_of_hurdle,
    )
)
panels.add(
    Panel(
        name="training.plans_of_initiative",
        page="roadmap:initiative-detail",
        template="training/initiative_panel.html",
        context=plans_of_initiative,
    )
)


def _may_be_helped(hurdle: Any) -> bool:
    return bool(hurdle.number) and hurdle.status != HurdleStatus.MERGED and not hurdle.is_closed


page_acts.add(
    PageAct(
        name="training.create_course_for_hurdle",
        page="hurdles:hurdle-detail",
        label=gettext_lazy("Add a course that helps"),
        permission="training.create_course",
        address=lambda hurdle: f"{reverse('training:course-create')}?{urlencode({'hurdle': hurdle.number or ''})}",
        makes_sense=_may_be_helped,
    )
)
