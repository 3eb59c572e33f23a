"""Writes who came, in one act; the roll has to be the one that was shown."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.transitions import Unmet
from apps.core.uploads import StalePreview
from apps.training.choices import EnrolmentState
from apps.training.models import Enrolment, Session
from apps.training.services.completing import number_certificates, record_completion, take_back_completion
from apps.training.services.enrolment_flow import why_no_result_yet
from apps.training.services.roll.planning import RollLine, RollPlan, plan_lines
from apps.training.services.seats import begin_roll, lock_session

ROLL_KEPT = declare_event("training.enrolment.roll_kept", gettext_lazy("Written into the roll"))
DONE = EnrolmentState.COMPLETED
WRITTEN = ("state", "test_score", "satisfaction", "certificate_number", "version", "updated_at")


def check_day(session: Session) -> None:
    """Unmet before the day of the session, and where it was called off."""
    if message := why_no_result_yet(session):
        raise Unmet(message)


def keep_roll(*, session: Session, lines: Iterable[RollLine], mark: str, by: Any, reason: str = "") -> RollPlan:
    """Writes what the lines say, with all that follows from a completion and from one taken back.

    A session with reported numbers is counted from its roll from now on. Raises StalePreview and Unmet.
    """
    require(by, "training.keep_roll", session)
    with transaction.atomic():
        locked = lock_session(session)
        check_day(locked)
        plan = plan_lines(locked, lines)
        if plan.mark != mark:
            raise StalePreview
        begin_roll(session=locked, by=by)
        with act(ROLL_KEPT, by=by, reason=reason):
            _write(plan)
    return plan


def _write(plan: RollPlan) -> None:
    was_done = {change.row.pk for change in plan.changed if change.row.state == DONE}
    changed = [_changed(change.row, change.values) for change in plan.changed]
    new = [_new(plan.session, line) for line in plan.new]
    back = [row for row in changed if row.pk in was_done and row.state != DONE]
    completed = [row for row in [*changed, *new] if row.state == DONE and (row.pk is None or row.pk not in was_done)]
    for row in back:
        row.certificate_number = None
    number_certificates(completed, plan.session)
    Enrolment.objects.bulk_update(changed, WRITTEN, batch_size=500)
    Enrolment.objects.bulk_create(new)
    take_back_completion(back, plan.session)
    record_completion(completed, plan.session)


def _changed(row: Enrolment, values: dict[str, Any]) -> Enrolment:
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.updated_at = clock.now()
    return row


def _new(session: Session, line: RollLine) -> Enrolment:
    """Who came without a place."""
    return Enrolment(
        session=session, person=line.person, unit_id=line.person.unit_id, applied_at=clock.now(), **line.values
    )
