"""Reads of the criteria of the preliminary review 事前審査."""

from typing import Any

from django.db.models import Count, Max, QuerySet

from apps.budget.models import IntroductionPlan, ReviewCriterion
from apps.core.history import event_model_of


def criteria_list() -> QuerySet[Any]:
    """Every criterion with how many plans have its points, and the most that was given."""
    counted = ReviewCriterion.objects.annotate(given=Count("points_given"), given_most=Max("points_given__points"))
    return counted.order_by("order", "pk")


def criteria_for(plan: IntroductionPlan) -> list[ReviewCriterion]:
    """Those in use, and those that have left it but by which this plan has been judged."""
    judged = plan.points.values_list("criterion", flat=True)
    every = ReviewCriterion.objects.filter(active=True) | ReviewCriterion.objects.filter(pk__in=judged)
    return list(every.order_by("order", "pk").distinct())


def earlier_review(plan: IntroductionPlan) -> Any | None:
    """What the review said last, where the plan was edited and handed in again since; None where it still stands."""
    if plan.result:
        return None
    said = event_model_of(IntroductionPlan).objects.filter(pgh_obj_id=plan.pk).exclude(result="")
    return said.order_by("-pgh_id").first()
