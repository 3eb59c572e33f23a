"""Forms of the budget, by what they are about."""

from apps.budget.forms.from_plan import FromPlanForm

__all__ = ["FromPlanForm"]
