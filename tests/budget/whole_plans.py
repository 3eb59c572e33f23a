"""Introduction plans that are whole, for the tests of what one does with them."""

from datetime import date
from typing import Any

from apps.budget.choices import PlanStatus
from apps.budget.models import PlanHurdle
from tests.factories import HurdleFactory, IntroductionPlanFactory

WHOLE = {
    "problem": "窓口で同じことを三度書く。",
    "simplified_first": "届出書を5種類やめる。",
    "content": "申請書を作る仕組み。",
    "initial_k": 12_000,
    "running_k": 0,
    "money_words": "一般財源",
    "citizen_effect": "待ち時間が20分減る。",
    "schedule": "10月に契約、3月に稼働。",
    "staffing": "窓口係3人",
    "security": "庁内だけで使う。",
}
SYSTEM = {"current_system": "家屋評価システム", "current_until": date(2024, 3, 31), "current_yearly_k": 3_300}


def whole_plan(**values: Any) -> Any:
    """A plan in which nothing is missing: with a hurdle, or, for a renewal, with its present system."""
    is_new = values.get("kind", "new") == "new"
    plan = IntroductionPlanFactory(**{**WHOLE, **({} if is_new else SYSTEM), **values})
    if is_new:
        PlanHurdle.objects.create(plan=plan, hurdle=HurdleFactory())
    return plan


def plan_in(status: str, **values: Any) -> Any:
    """A whole plan in a state, with what belongs to it."""
    of_state = {
        PlanStatus.DRAFT: {},
        PlanStatus.SUBMITTED: {"submitted_on": date(2022, 8, 30)},
        PlanStatus.RETURNED: {"submitted_on": date(2022, 8, 30), "result": "returned", "review_words": "体制を書く。"},
        PlanStatus.REVIEWED: {"submitted_on": date(2022, 8, 30), "result": "fit"},
    }
    return whole_plan(status=status, **{**of_state[PlanStatus(status)], **values})
