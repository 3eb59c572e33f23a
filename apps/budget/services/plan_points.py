"""The points of a review: 0 to the most of their criterion, each with its reason; they help and decide nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from apps.budget.models import IntroductionPlan, PlanPoint, ReviewCriterion
from apps.budget.selectors.criteria import criteria_for
from apps.core.permissions import require
from apps.core.transitions import Unmet


@dataclass(frozen=True)
class Given:
    """What one criterion was given; without points it is not judged."""

    points: int | None
    reason: str = ""


def write_points(*, plan: IntroductionPlan, points: Mapping[int, Given], by: Any) -> None:
    """Writes the points by the key of their criterion, within the act of the review.

    The criteria are locked, so that nobody lowers the most of one at the same moment.
    """
    require(by, "budget.review_plan", plan)
    known = {criterion.pk for criterion in criteria_for(plan)}
    locked = ReviewCriterion.objects.select_for_update().in_bulk(known & set(points))
    if set(points) - set(locked):
        raise Unmet(_("One of the criteria is no longer in use. Open the page again."))
    for key, given in points.items():
        _write(plan, locked[key], given)


def _write(plan: IntroductionPlan, criterion: ReviewCriterion, given: Given) -> None:
    if given.points is None:
        PlanPoint.objects.filter(plan=plan, criterion=criterion).delete()
        return
    words = {"criterion": criterion.name, "most": criterion.max_points}
    if not 0 <= given.points <= criterion.max_points:
        raise Unmet(_("“%(criterion)s” takes 0 to %(most)s points.") % words)
    if not given.reason.strip():
        raise Unmet(_("Say why “%(criterion)s” is given these points.") % words)
    values = {"points": given.points, "reason": given.reason.strip()}
    row = PlanPoint.objects.filter(plan=plan, criterion=criterion).first()
    if row is None:
        PlanPoint.objects.create(plan=plan, criterion=criterion, **values)
    elif (row.points, row.reason) != (values["points"], values["reason"]):
        row.points, row.reason = given.points, values["reason"]
        row.save()
