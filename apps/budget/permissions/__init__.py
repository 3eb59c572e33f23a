"""Who may do what with the budget."""

from apps.budget.permissions import grants, plans, proposals, year
from apps.budget.permissions.relations import is_chief

__all__ = ["grants", "is_chief", "plans", "proposals", "year"]
