"""What lines about people would change in a roll."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.core import money
from apps.organization.models import User
from apps.training.choices import EnrolmentState
from apps.training.models import Enrolment, Session
from apps.training.selectors.enrolments import roll_of

LABELS = {"state": _("State"), "test_score": _("Test score"), "satisfaction": _("Satisfaction (1 to 5)")}
FIELDS = tuple(LABELS)


@dataclass(frozen=True)
class RollLine:
    """What is said of one person: only the named fields; `place` is the cell or nothing."""

    person: User
    values: dict[str, Any]
    place: str = ""


@dataclass(frozen=True)
class RollChange:
    """A row that would change: the fields with old and new."""

    row: Enrolment
    values: dict[str, Any]
    place: str = ""

    @property
    def fields(self) -> list[dict[str, Any]]:
        """The fields that would change, with both values in words."""
        return [
            {
                "label": LABELS[name],
                "old": _words(name, getattr(self.row, name)),
                "new": _words(name, value),
            }
            for name, value in self.values.items()
        ]


def _words(name: str, value: Any) -> str:
    if name == "state":
        return str(EnrolmentState(value).label)
    return "－" if value is None else money.number(Decimal(value).normalize())


@dataclass
class RollPlan:
    """What would change. Whom no line names stays as they are."""

    session: Session
    new: list[RollLine] = field(default_factory=list)
    changed: list[RollChange] = field(default_factory=list)
    unchanged: int = 0
    missing: list[Enrolment] = field(default_factory=list)
    mark: str = ""

    @property
    def changes_nothing(self) -> bool:
        return not self.new and not self.changed

    @property
    def new_rows(self) -> list[dict[str, Any]]:
        """People who would be added, with what is said of them in words."""
        return [
            {
                "place": line.place,
                "person": line.person,
                **{name: _words(name, line.values.get(name)) for name in FIELDS},
            }
            for line in self.new
        ]


def plan_lines(session: Session, lines: Iterable[RollLine]) -> RollPlan:
    """What these lines would change in the roll as it stands; one query."""
    rows = list(roll_of(session))
    present = {row.person_id: row for row in rows}
    plan = RollPlan(session, mark=_mark(rows))
    for line in lines:
        _place(plan, line, present.pop(line.person.pk, None))
    plan.missing = [row for row in rows if row.person_id in present]
    return plan


def _place(plan: RollPlan, line: RollLine, row: Enrolment | None) -> None:
    if row is None:
        plan.new.append(line)
        return
    values = {name: value for name, value in line.values.items() if getattr(row, name) != value}
    if values:
        plan.changed.append(RollChange(row, values, line.place))
    else:
        plan.unchanged += 1


def roll_mark(session: Session) -> str:
    """Stands for the roll exactly as it is; a form brings it back."""
    return _mark(list(roll_of(session)))


def _mark(rows: list[Enrolment]) -> str:
    versions = sorted((row.pk, row.version) for row in rows)
    return hashlib.sha256(repr(versions).encode()).hexdigest()
