"""Records for tests, each valid and each as small as the database allows."""

from tests.factories.budget import (
    AccountFactory,
    BudgetItemFactory,
    BudgetStageFactory,
    ExpenseItemFactory,
    GrantFactory,
    ProposalFactory,
)
from tests.factories.hurdles import (
    CategoryFactory,
    HurdleFactory,
    LegalBasisFactory,
    LegalLevelFactory,
    ThemeFactory,
)
from tests.factories.organization import (
    PASSWORD,
    CityFactory,
    DepartmentFactory,
    RoleFactory,
    UnitFactory,
    UserFactory,
    WorkloadFactory,
    user_with,
)

__all__ = [
    "PASSWORD",
    "AccountFactory",
    "BudgetItemFactory",
    "BudgetStageFactory",
    "CategoryFactory",
    "CityFactory",
    "DepartmentFactory",
    "ExpenseItemFactory",
    "GrantFactory",
    "HurdleFactory",
    "LegalBasisFactory",
    "LegalLevelFactory",
    "ProposalFactory",
    "RoleFactory",
    "ThemeFactory",
    "UnitFactory",
    "UserFactory",
    "WorkloadFactory",
    "user_with",
]
