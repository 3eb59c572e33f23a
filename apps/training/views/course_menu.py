"""What one may do with a course or a session, in its page's head: what is next as buttons, the rest in a menu."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.menu import Act, as_buttons, grouped, in_order
from apps.core.permissions import permission_table, permitted
from apps.training.choices import SessionState
from apps.training.models import Course, Session
from apps.training.services.session_flow import SESSION_FLOW

# Verb, permission, label, page.
Row = tuple[str, str, Any, str]
COURSE_ACTS: tuple[Row, ...] = (
    ("session", "training.create_session", gettext_lazy("Add a session"), "session-create"),
    ("edit", "training.edit_course", gettext_lazy("Edit"), "course-edit"),
    ("continue", "training.continue_course", gettext_lazy("Continue in the next fiscal year"), "course-continue"),
    ("curriculum", "training.edit_course", gettext_lazy("Edit the curriculum"), "course-curriculum"),
    ("skills", "training.edit_course", gettext_lazy("Choose the skills it raises"), "course-skills"),
    ("links", "training.edit_course", gettext_lazy("Choose prerequisites and next course"), "course-links"),
    ("hurdles", "training.link_course_hurdles", gettext_lazy("Choose hurdles it helps to clear"), "course-hurdles"),
    ("evaluation", "training.record_evaluation", gettext_lazy("Add an evaluation"), "evaluation-add"),
    ("archive", "training.archive_course", gettext_lazy("Archive"), "course-archive"),
)
SESSION_ACTS: tuple[Row, ...] = (
    ("edit", "training.edit_session", gettext_lazy("Edit"), "session-edit"),
    ("archive", "training.archive_session", gettext_lazy("Archive"), "session-archive"),
)
ENDING = gettext_lazy("Ending it")
COURSE_GROUPS: dict[Any, tuple[str, ...]] = {
    gettext_lazy("What belongs to it"): (),
    ENDING: ("archive",),
}
SESSION_GROUPS: dict[Any, tuple[str, ...]] = {
    gettext_lazy("Going on"): (),
    ENDING: ("cancel", "archive"),
}
SESSION_ORDER = ("open", "hold", "resume", "edit")


@dataclass(frozen=True)
class Head:
    """How the acts of a page stand: how many as buttons, which of them can be the primary one, the rest by group."""

    buttons: int
    primary: Sequence[str]
    groups: Mapping[Any, tuple[str, ...]]

    def menu(self, acts: Sequence[Act], others: Sequence[tuple[Any, Any]] = ()) -> dict[str, Any]:
        return {
            "buttons": as_buttons(acts[: self.buttons], primary=self.primary),
            "groups": grouped(acts[self.buttons :], self.groups),
            "others": list(others),
        }


def course_menu(course: Course, user: Any) -> dict[str, Any]:
    """The acts on a course; one that goes on already is not continued again."""
    acts = [act for act in _permitted(COURSE_ACTS, course, user) if act.verb != "continue" or not _goes_on(course)]
    return Head(3, ("session",), COURSE_GROUPS).menu(acts)


def _goes_on(course: Any) -> bool:
    return course.goes_on_in is not None


def session_menu(session: Session, user: Any) -> dict[str, Any]:
    """The verbs of its flow and what leaves the state as it is, and who may do what this person may not."""
    offered = [row for row in SESSION_FLOW.offered(session) if row.verb != "hold" or session.date <= clock.today()]
    acts = [
        Act(row.verb, row.label, reverse(f"training:session-{row.verb}", args=[session.uid]))
        for row in offered
        if permitted(user, row.permission, session)
    ]
    acts += _permitted(SESSION_ACTS, session, user)
    if session.state == SessionState.OPEN:
        acts = [act for act in acts if act.verb != "archive"]
    others = [
        (row.label, permission_table[row.permission].who)
        for row in offered
        if not permitted(user, row.permission, session)
    ]
    return Head(2, ("open", "hold", "resume"), SESSION_GROUPS).menu(in_order(acts, SESSION_ORDER), others)


def _permitted(rows: Sequence[Row], record: Any, user: Any) -> list[Act]:
    return [
        Act(verb, label, reverse(f"training:{page}", args=[record.uid]))
        for verb, permission, label, page in rows
        if permitted(user, permission, record)
    ]
