"""The criteria of the preliminary review 事前審査, which the secretariat edits; old reviews keep their points."""

from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.models import PlanPoint, ReviewCriterion
from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.services import StalePart, seen_as
from apps.core.transitions import Unmet

CREATED = declare_event("budget.criterion.created", gettext_lazy("Criterion added"))
EDITED = declare_event("budget.criterion.edited", gettext_lazy("Criterion changed"))
CODE_LENGTH = 20


def code_of(uid: UUID) -> str:
    """The code of a new criterion: its form carries it, so that a form sent twice makes one."""
    return uid.hex[:CODE_LENGTH]


def create_criterion(*, uid: UUID, values: dict[str, Any], by: Any) -> ReviewCriterion:
    """A further criterion. Raises IntegrityError for a second one of the same uid."""
    require(by, "budget.edit_criteria")
    with act(CREATED, by=by):
        return ReviewCriterion.objects.create(code=code_of(uid), **values)


def edit_criterion(*, criterion: ReviewCriterion, seen: str, values: dict[str, Any], by: Any) -> ReviewCriterion:
    """Another name, place or most points, or out of use. The most is never below points that were given.

    Raises StalePart where somebody changed it after it was `seen`.
    """
    require(by, "budget.edit_criteria")
    with act(EDITED, by=by):
        row = ReviewCriterion.objects.select_for_update().get(pk=criterion.pk)
        if seen and seen_as(row) != seen:
            raise StalePart(row)
        given = PlanPoint.objects.filter(criterion=row).aggregate(most=Max("points"))["most"] or 0
        if values["max_points"] < given:
            raise Unmet(_("A plan was given %(given)s points already: the most cannot be less.") % {"given": given})
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
    return row
