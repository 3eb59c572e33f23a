"""Who may do what with a hurdle."""

from typing import Any

import rules
from django.utils.translation import gettext_lazy as _

from apps.core.permissions import allow
from apps.hurdles.choices import HurdleStatus
from apps.hurdles.models import Resolution
from apps.organization.choices import RoleKind
from apps.organization.permissions import (
    holds_any_role,
    is_secretariat,
    is_staff_member,
    is_team_member,
)


@rules.predicate
def is_of_reporting_unit(user: Any, hurdle: Any) -> bool:
    return hurdle.reporting_unit_id in user.unit_ids


@rules.predicate
def is_of_owning_unit(user: Any, hurdle: Any) -> bool:
    return hurdle.owning_unit_id is not None and hurdle.owning_unit_id in user.unit_ids


@rules.predicate
def is_draft(_user: Any, hurdle: Any) -> bool:
    return bool(hurdle.status == HurdleStatus.DRAFT)


@rules.predicate
def is_closed(_user: Any, hurdle: Any) -> bool:
    return bool(hurdle.is_closed)


@rules.predicate
def has_said_resolved(user: Any, hurdle: Any) -> bool:
    """Whether this person said that the hurdle is resolved, and a second one has still to look at it."""
    return Resolution.objects.filter(hurdle=hurdle.pk, confirmed__isnull=True, proposed_by=user.pk).exists()


works_here = is_staff_member & (is_of_reporting_unit | is_of_owning_unit)
owns_it = is_staff_member & is_of_owning_unit
reported_it = is_staff_member & is_of_reporting_unit

allow("hurdles.view_hurdles", holds_any_role, _("All staff see the list; each sees the hurdles open to them."))
allow("hurdles.view_hurdle", holds_any_role, _("All staff see the hurdles that are open to them."))
allow(
    "hurdles.view_common_hurdles",
    holds_any_role,
    _("All staff see the common hurdles; of what they bundle, each sees the hurdles open to them."),
)
allow("hurdles.view_solved_cases", holds_any_role, _("All staff see how hurdles were solved."))
allow(
    "hurdles.log_hurdle",
    is_staff_member,
    _("All staff log hurdles; auditors and administrators change nothing."),
)
allow(
    "hurdles.edit_hurdle",
    is_secretariat | (is_draft & is_staff_member & is_of_reporting_unit) | (~is_draft & ~is_closed & works_here),
    _("The reporting unit, the owning unit and the secretariat change a hurdle; a closed one only the secretariat."),
)
allow(
    "hurdles.submit_hurdle",
    is_secretariat | (is_staff_member & is_of_reporting_unit),
    _("The reporting unit and the secretariat submit a hurdle."),
)
allow("hurdles.organize_hurdle", is_secretariat, _("The secretariat takes a hurdle up."))
allow("hurdles.return_hurdle", is_secretariat, _("The secretariat returns a hurdle with a question."))
allow(
    "hurdles.view_reporter",
    is_secretariat | is_of_reporting_unit,
    _("The reporting unit and the secretariat see the reporter's name."),
)


@rules.predicate
def has_a_unit(user: Any, _record: Any) -> bool:
    return user.unit_id is not None


@rules.predicate
def sits_in_reporting_unit(user: Any, hurdle: Any) -> bool:
    return bool(user.unit_id == hurdle.reporting_unit_id)


# Who speaks for a section when it is asked for its view.
ANSWERING = (RoleKind.PROMOTER, RoleKind.MANAGER, RoleKind.MEMBER)


@rules.predicate
def speaks_for_its_unit(user: Any, record: Any) -> bool:
    return bool(user.holds(*ANSWERING) and record.unit_id in user.unit_ids)


@rules.predicate
def is_of_its_unit(user: Any, record: Any) -> bool:
    """The record's `unit`: the section that says "ours too"."""
    return record.unit_id in user.unit_ids


allow(
    "hurdles.endorse_hurdle",
    is_staff_member & has_a_unit & ~sits_in_reporting_unit,
    _("“Ours too” is said by the staff of every section but the one that has reported the hurdle."),
)
allow(
    "hurdles.change_endorsement",
    is_secretariat | (is_staff_member & is_of_its_unit),
    _("“Ours too” is changed by the staff of its section and by the secretariat."),
)
allow(
    "hurdles.withdraw_endorsement",
    is_secretariat | (is_staff_member & is_of_its_unit),
    _("“Ours too” is taken back by the staff of its section and by the secretariat."),
)
allow(
    "hurdles.view_endorser",
    is_secretariat | is_of_its_unit,
    _("The name of who said “ours too” is seen by the own section and the secretariat."),
)
allow("hurdles.ask_owner_view", is_secretariat, _("The secretariat asks the owning unit for its view."))
allow(
    "hurdles.answer_owner_view",
    is_secretariat | speaks_for_its_unit,
    _("The promoter, the manager and the team members of the unit that was asked answer; so does the secretariat."),
)
allow(
    "hurdles.draft_policy",
    is_secretariat | is_team_member | owns_it,
    _("The owning unit, the promotion team and the secretariat begin to draft a policy."),
)
allow("hurdles.start_hurdle", is_secretariat | owns_it, _("The owning unit and the secretariat begin the work."))
allow(
    "hurdles.resolve_hurdle_partly",
    is_secretariat | owns_it,
    _("The owning unit and the secretariat say that a hurdle is partly resolved."),
)
allow(
    "hurdles.propose_resolution",
    is_secretariat | works_here,
    _("The reporting unit, the owning unit and the secretariat say that a hurdle is resolved."),
)
# Confirming and refusing are the same look of a second person.
_second_person = (is_secretariat | is_team_member | reported_it) & ~has_said_resolved
allow(
    "hurdles.resolve_hurdle",
    _second_person,
    _(
        "The reporting unit, the promotion team and the secretariat confirm a resolution, never the person who said"
        " that it is resolved."
    ),
)
allow(
    "hurdles.refuse_resolution",
    _second_person,
    _(
        "The reporting unit, the promotion team and the secretariat refuse a resolution, never the person who said"
        " that it is resolved."
    ),
)
allow(
    "hurdles.answer_lasting",
    is_secretariat | owns_it,
    _("The owning unit and the secretariat answer whether a resolution has lasted."),
)
allow("hurdles.defer_hurdle", is_secretariat, _("The secretariat defers a hurdle."))
allow("hurdles.resume_hurdle", is_secretariat, _("The secretariat resumes a deferred hurdle."))
allow(
    "hurdles.reopen_hurdle",
    is_secretariat | works_here,
    _("The reporting unit, the owning unit and the secretariat reopen a resolved hurdle."),
)
allow(
    "hurdles.move_target",
    is_secretariat | owns_it,
    _(
        "The owning unit and the secretariat promise and move the target date; a later one of a severe hurdle waits for"
        " the secretariat."
    ),
)
allow("hurdles.decide_move", is_secretariat, _("The secretariat decides whether a promised date moves."))
allow(
    "hurdles.plan_next_action",
    is_secretariat | is_team_member | owns_it,
    _("The owning unit, the promotion team and the secretariat decide what is next."),
)
allow(
    "hurdles.write_progress",
    is_secretariat | is_team_member | owns_it,
    _("The owning unit, the promotion team and the secretariat write the progress."),
)


bundles = is_team_member | is_secretariat


@rules.predicate
def is_of_solving_unit(user: Any, case: Any) -> bool:
    return case.unit_id in user.unit_ids


@rules.predicate
def is_of_solved_hurdle(user: Any, case: Any) -> bool:
    return bool({case.hurdle.reporting_unit_id, case.hurdle.owning_unit_id} & user.unit_ids)


allow("hurdles.create_common_hurdle", bundles, _("The promotion team and the secretariat bundle what hurdles share."))
allow("hurdles.edit_common_hurdle", bundles, _("The promotion team and the secretariat change a common hurdle."))
allow("hurdles.bundle_hurdles", bundles, _("The promotion team and the secretariat bundle hurdles."))
allow("hurdles.unbundle_hurdle", bundles, _("The promotion team and the secretariat take hurdles out of a bundle."))
allow("hurdles.archive_common_hurdle", bundles, _("The promotion team and the secretariat archive a common hurdle."))
allow("hurdles.merge_hurdle", is_secretariat, _("The secretariat merges duplicates."))
allow("hurdles.unmerge_hurdle", is_secretariat, _("The secretariat undoes a merge, within 24 hours."))
allow(
    "hurdles.record_solved_case",
    is_secretariat | works_here,
    _("The reporting unit, the owning unit and the secretariat record how a hurdle was solved."),
)
allow(
    "hurdles.edit_solved_case",
    is_secretariat | (is_staff_member & (is_of_solving_unit | is_of_solved_hurdle)),
    _("The section that solved it, the reporting unit, the owning unit and the secretariat change a solved case."),
)
allow(
    "hurdles.adopt_solved_case",
    is_staff_member,
    _("All staff say for their own section that it does so, too; auditors and administrators change nothing."),
)
allow(
    "hurdles.withdraw_adoption",
    is_staff_member,
    _("All staff say for their own section that it does so no more; auditors and administrators change nothing."),
)
allow(
    "hurdles.change_hurdles",
    is_staff_member,
    _("All staff change many hurdles at once; each of these has to be one that they may change."),
)
allow("hurdles.triage_hurdles", is_secretariat, _("The secretariat works through what has come in."))
