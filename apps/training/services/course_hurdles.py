"""Which hurdles a course helps to clear."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.history import act, declare_event
from apps.core.notices import tell_watchers
from apps.core.permissions import require
from apps.core.transitions import Unmet
from apps.hurdles.choices import HurdleStatus
from apps.hurdles.models import Hurdle
from apps.training.models import Course, CourseHurdle

LINKED = declare_event("training.course.hurdle_linked", gettext_lazy("Hurdle that it helps to clear added"))
UNLINKED = declare_event("training.course.hurdle_unlinked", gettext_lazy("Hurdle that it helps to clear taken out"))


def link_course_hurdle(*, course: Course, hurdle: Hurdle, by: Any, reason: str = "") -> CourseHurdle:
    """The course helps to clear the hurdle. Who watches the hurdle is told. A second click changes nothing."""
    require(by, "training.link_course_hurdles", course)
    refuse_gone(hurdle)
    with act(LINKED, by=by, reason=reason):
        Course.objects.select_for_update().get(pk=course.pk)
        link, is_new = CourseHurdle.objects.get_or_create(course=course, hurdle=hurdle)
        if is_new:
            text = _("The course “%(name)s” now helps to clear this hurdle.") % {"name": course.name}
            tell_watchers(hurdle, event=LINKED, text=text, by=by)
    return link


def refuse_gone(hurdle: Hurdle) -> None:
    """What was merged is represented by the one that it was merged into."""
    if hurdle.status == HurdleStatus.MERGED or hurdle.archived_at:
        raise Unmet(_("%(number)s was merged or archived. Choose another hurdle.") % {"number": hurdle.number or ""})


def unlink_course_hurdle(*, course: Course, hurdle: Hurdle, by: Any, reason: str = "") -> None:
    """It does not help to clear the hurdle. A second click changes nothing."""
    require(by, "training.link_course_hurdles", course)
    with act(UNLINKED, by=by, reason=reason):
        CourseHurdle.objects.filter(course=course, hurdle=hurdle).delete()
