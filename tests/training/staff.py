"""People in a small city hall: who manages whom, and whoever else could look."""

from dataclasses import dataclass, field
from typing import Any

from apps.organization.models import Unit, User
from tests.factories import DepartmentFactory, RoleFactory, UnitFactory, UserFactory, user_with


@dataclass
class Hall:
    """A department with a manager, a section with one, and a section without; each role once more, elsewhere."""

    department: Unit = field(default_factory=lambda: DepartmentFactory(name="市民部"))
    section: Unit = field(init=False)
    bare: Unit = field(init=False)
    person: User = field(init=False)
    manager: User = field(init=False)
    above: User = field(init=False)
    others: dict[str, User] = field(init=False)

    def __post_init__(self) -> None:
        self.section = UnitFactory(name="市民課", parent=self.department)
        self.bare = UnitFactory(name="相談室", parent=self.department)
        self.person = user_with(
            "viewer", name="𠮷田 髙子", kana="よしだ たかこ", employee_number="p001", unit=self.section, position="主任"
        )
        self.manager = user_with("manager", name="課長 一", unit=self.section)
        self.above = user_with("manager", name="部長 一", unit=self.department)
        kinds = ("secretariat", "headquarters", "auditor", "administrator", "personnel", "viewer", "promoter", "chief")
        self.others = {kind: user_with(kind, name=f"{kind} 一") for kind in kinds}
        self.others["other manager"] = user_with("manager", name="よその課長")

    @property
    def personnel(self) -> User:
        return self.others["personnel"]

    @property
    def everybody(self) -> dict[str, Any]:
        """Each kind of reader by name."""
        return {"person": self.person, "own manager": self.manager, "manager above": self.above, **self.others}


def manages_too(manager: User, unit: Unit) -> User:
    """The manager of a second unit."""
    RoleFactory(user=manager, kind="manager", unit=unit)
    return manager


def sits(unit: Unit, **fields: Any) -> User:
    return UserFactory(unit=unit, **fields)
