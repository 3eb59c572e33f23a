"""Who may do what with the training.

Plans, courses, sessions and numbers of people are open. Who these people are is a personal record: the person, the own
manager and the personnel section see it, and nobody else, neither the secretariat nor headquarters nor auditors.
"""

from typing import Any

import rules
from django.utils.translation import gettext_lazy as _

from apps.core.permissions import allow
from apps.organization.choices import RoleKind
from apps.organization.models.managing import manages
from apps.organization.permissions import (
    holds_any_role,
    is_auditor,
    is_headquarters,
    is_secretariat,
    is_staff_member,
    is_team_member,
)


@rules.predicate
def is_personnel(user: Any) -> bool:
    return user.holds(RoleKind.PERSONNEL)


@rules.predicate
def is_manager(user: Any) -> bool:
    return user.holds(RoleKind.MANAGER)


@rules.predicate
def leads_course(user: Any, course: Any) -> bool:
    """Sits in the unit that leads the course, or holds a role there."""
    return course.lead_unit_id in user.unit_ids


@rules.predicate
def leads_session(user: Any, session: Any) -> bool:
    return session.course.lead_unit_id in user.unit_ids


@rules.predicate
def is_the_person(user: Any, person: Any) -> bool:
    return user.pk == person.pk


@rules.predicate
def is_own_manager(user: Any, person: Any) -> bool:
    """The manager of the unit where the person sits."""
    return manages(user, person)


@rules.predicate
def is_about_the_person(user: Any, record: Any) -> bool:
    """An enrolment or another personal record of one's own."""
    return user.pk == record.person_id


@rules.predicate
def is_own_manager_of(user: Any, record: Any) -> bool:
    return manages(user, record.person)


allow("training.view_training", holds_any_role, _("All staff see which people the city is short of."))
allow("training.view_plans", holds_any_role, _("All staff see the training plans."))
allow("training.view_courses", holds_any_role, _("All staff see the courses."))
allow("training.view_sessions", holds_any_role, _("All staff see the sessions and how many people came."))
allow("training.view_profiles", holds_any_role, _("All staff see the talent profiles and what their people can do."))
allow(
    "training.view_results",
    is_headquarters | is_secretariat | is_team_member | is_personnel | is_auditor,
    _(
        "Headquarters, the promotion team, the secretariat, the personnel section and auditors see what came of the "
        "training, in numbers."
    ),
)

drafts = is_personnel | is_team_member | is_secretariat
PLANNING = _("The personnel section, the promotion team and the secretariat write training plans.")
for _verb in ("create_plan", "edit_plan", "plan_courses"):
    allow(f"training.{_verb}", drafts, PLANNING)
for _verb in ("decide_plan", "end_plan", "revise_plan", "archive_plan"):
    allow(
        f"training.{_verb}",
        is_personnel | is_secretariat,
        _("The personnel section and the secretariat record what was decided on a training plan."),
    )
for _verb in ("create_profile", "edit_profile", "set_headcounts"):
    allow(
        f"training.{_verb}",
        is_personnel | is_secretariat,
        _("The personnel section and the secretariat say which people are needed, and how many."),
    )
allow("training.archive_profile", is_personnel, _("The personnel section archives talent profiles."))
allow(
    "training.count_people",
    is_personnel,
    _("The personnel section says from which day the people of a profile are counted one by one."),
)

allow("training.create_course", drafts, _("The personnel section, the promotion team and the secretariat add courses."))
for _verb in ("edit_course", "continue_course", "link_course_hurdles", "record_evaluation"):
    allow(
        f"training.{_verb}",
        drafts | (is_staff_member & leads_course),
        _("The lead unit, the personnel section, the promotion team and the secretariat change a course."),
    )
allow(
    "training.archive_course",
    is_personnel | is_secretariat,
    _("The personnel section and the secretariat archive a course."),
)
for _verb in ("edit_session", "open_session", "hold_session", "cancel_session", "resume_session", "invite_people"):
    allow(
        f"training.{_verb}",
        is_personnel | is_secretariat | (is_staff_member & leads_session),
        _("The lead unit of the course, the personnel section and the secretariat hold its sessions."),
    )
allow(
    "training.create_session",
    is_personnel | is_secretariat | (is_staff_member & leads_course),
    _("The lead unit of the course, the personnel section and the secretariat hold its sessions."),
)
allow(
    "training.archive_session",
    is_personnel | is_secretariat,
    _("The personnel section and the secretariat archive a session."),
)

allow("training.enrol_oneself", is_staff_member, _("All staff enrol themselves."))
allow(
    "training.enrol_person",
    is_personnel | is_own_manager,
    _("The own manager and the personnel section enrol a person."),
)
allow(
    "training.take_place",
    is_personnel | (is_staff_member & is_about_the_person) | is_own_manager_of,
    _("The person, the own manager and the personnel section take a place in a session."),
)
allow(
    "training.view_enrolment",
    is_personnel | is_about_the_person | is_own_manager_of,
    _("The person, the own manager and the personnel section see who takes part."),
)
allow(
    "training.withdraw_enrolment",
    is_personnel | is_about_the_person | is_own_manager_of,
    _("The person, the own manager and the personnel section take an enrolment back."),
)
for _verb in ("follow_up", "decline_invitation"):
    allow(f"training.{_verb}", is_about_the_person, _("The person does it, nobody in its place."))
for _verb in ("view_roll", "keep_roll"):
    allow(f"training.{_verb}", is_personnel, _("The personnel section keeps the roll of a session."))

allow("training.view_own_record", holds_any_role, _("All staff see their own record."))
allow(
    "training.view_person",
    is_personnel | is_the_person | is_own_manager,
    _("The person, the own manager and the personnel section see a person's record."),
)
allow(
    "training.view_people",
    is_personnel | is_manager,
    _("A manager sees the people of the own unit, the personnel section all."),
)
for _verb in ("name_candidate", "withdraw_candidacy"):
    allow(
        f"training.{_verb}",
        is_personnel | is_own_manager,
        _("The own manager and the personnel section name candidates."),
    )
for _verb in (
    "recognise_person",
    "recognise_people",
    "end_recognition",
    "place_person",
    "end_placement",
    "record_skill",
    "withdraw_skill",
):
    allow(f"training.{_verb}", is_personnel, _("The personnel section says what a person has become."))
for _verb in ("view_transfers", "record_transfer", "withdraw_transfer"):
    allow(f"training.{_verb}", is_personnel, _("Transfers that are not public yet are the personnel section's alone."))
