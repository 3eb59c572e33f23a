"""Three months later: what came of it at work."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.services import save_version
from apps.core.transitions import Unmet
from apps.training.models import Enrolment
from apps.training.selectors.enrolments import may_follow_up

FOLLOWED_UP = declare_event("training.enrolment.followed_up", gettext_lazy("Answered three months later"))


def follow_up(
    *, enrolment: Enrolment, follow_up: str, follow_up_text: str, by: Any, version: int | None = None
) -> Enrolment:
    """The person says whether it is used at work; saying something else later is allowed."""
    require(by, "training.follow_up", enrolment)
    if not may_follow_up(enrolment):
        raise Unmet(_("This is asked three months after the session, of those who completed it."))
    changes = {"follow_up": follow_up, "follow_up_text": follow_up_text, "followed_up_on": clock.today()}
    with act(FOLLOWED_UP, by=by):
        save_version(enrolment, version=enrolment.version if version is None else version, changes=changes)
    return enrolment
