"""How a course is measured at the four levels, and what was measured. A missing actual stays missing."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.registry import Event
from apps.core.services import StalePart, seen_as
from apps.core.transitions import Unmet
from apps.training.models import Course, Evaluation

ADDED = declare_event("training.evaluation.added", gettext_lazy("Evaluation added"))
CHANGED = declare_event("training.evaluation.changed", gettext_lazy("Evaluation changed"))
RECORDED = declare_event("training.evaluation.recorded", gettext_lazy("Actual of an evaluation recorded"))
REMOVED = declare_event("training.evaluation.removed", gettext_lazy("Evaluation taken out"))


def add_evaluation(*, course: Course, values: dict[str, Any], by: Any, reason: str = "") -> Evaluation:
    """One more measure. What a second click sends is there already."""
    require(by, "training.record_evaluation", course)
    with act(ADDED, by=by, reason=reason):
        Course.objects.select_for_update().get(pk=course.pk)
        same = Evaluation.objects.filter(course=course, **values).first()
        return same or Evaluation.objects.create(course=course, **values)


def change_evaluation(
    *, evaluation: Evaluation, seen: str, values: dict[str, Any], by: Any, reason: str = ""
) -> Evaluation:
    """What is measured, and what is aimed at. Raises StalePart where the row says something else than the form."""
    return _write(CHANGED, evaluation, seen, values, by=by, reason=reason)


def record_evaluation(
    *, evaluation: Evaluation, seen: str, actual: Decimal | None, by: Any, reason: str = ""
) -> Evaluation:
    """What was measured; None takes back what was recorded by mistake, and needs a reason then."""
    if actual is None and evaluation.actual is not None and not reason.strip():
        raise Unmet(_("Say why the actual is taken back."))
    return _write(RECORDED, evaluation, seen, {"actual": actual}, by=by, reason=reason)


def remove_evaluation(*, evaluation: Evaluation, by: Any, reason: str) -> None:
    """Takes it out; the history keeps what it said. A second click changes nothing."""
    require(by, "training.record_evaluation", evaluation.course)
    with act(REMOVED, by=by, reason=reason):
        Evaluation.objects.filter(pk=evaluation.pk).delete()


def _write(event: Event, evaluation: Evaluation, seen: str, values: dict[str, Any], *, by: Any, reason: str) -> Any:
    require(by, "training.record_evaluation", evaluation.course)
    with act(event, by=by, reason=reason):
        present = Evaluation.objects.select_for_update().filter(pk=evaluation.pk).first()
        if present is None or seen_as(present) != seen:
            raise StalePart(present or evaluation)
        for name, value in values.items():
            setattr(present, name, value)
        present.save()
    return present
