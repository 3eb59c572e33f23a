"""What leavers hold, and to whom it would go."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from apps.city.models import Handover
from apps.city.selectors.leavers import Successors, leavers
from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.holdings import Holding, holding_sources
from apps.organization.models import Role, User


@dataclass
class Item:
    """One thing that a leaver holds: `key` is its own on the page; `to` says to whom it went, once it has."""

    key: str
    label: str
    holding: Holding
    moves: bool
    proposed: User | None = None
    to: str = ""


@dataclass
class Leaver:
    """One leaver with all that they hold; `lines` is what was handed over already."""

    person: User
    reasons: list[str]
    items: list[Item] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)

    @property
    def waiting(self) -> list[Item]:
        """What is still to be moved by somebody."""
        return [item for item in self.items if item.moves and not item.to]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many of each kind, in the order of the kinds."""
        found: dict[str, int] = {}
        for item in self.items:
            found[item.label] = found.get(item.label, 0) + 1
        return list(found.items())


def usual_day() -> date:
    """The day that the page opens with: 1 April for two months around it, else today."""
    today = clock.today()
    year = FiscalYear.of(today)
    near = [day for day in (year.start, year.next.start) if abs((day - today).days) <= 60]
    return near[0] if near else today


def leavers_with_holdings(day: date, viewer: Any) -> list[Leaver]:
    """All leavers of the day whom the viewer sees, in a constant number of queries."""
    found = leavers(day, viewer)
    return _filled([Leaver(person, reasons) for person, reasons in found], day, viewer)


def leaver(person: User, day: date, viewer: Any) -> Leaver:
    """One person, a leaver of the day or not."""
    reasons = next((words for each, words in leavers(day, viewer) if each.pk == person.pk), [])
    return _filled([Leaver(person, reasons)], day, viewer)[0]


def _filled(rows: Sequence[Leaver], day: date, viewer: Any) -> list[Leaver]:
    people = [row.person for row in rows]
    successors, kinds = Successors(people, day), _kinds(people, day)
    done = {each.person_id: each.lines for each in Handover.objects.filter(person__in=people, day=day)}
    by_person = {row.person.pk: row for row in rows}
    for row in rows:
        row.lines = done.get(row.person.pk, [])
    for source in holding_sources:
        for holding in source.held(people, day, viewer):
            row = by_person[holding.person]
            item = Item(f"{source.name}:{holding.key}", str(source.label), holding, source.pass_on is not None)
            item.to = next((line["to"] for line in row.lines if line["key"] == item.key), "")
            item.proposed = successors.proposed(row.person, holding.unit, _wanted(item, kinds, row.person.pk))
            row.items.append(item)
    return list(rows)


def _wanted(item: Item, kinds: dict[tuple[int, str], str], person: int) -> list[str]:
    """The kinds of role whose next holder is the successor: that of the role itself, else all that were held."""
    role = kinds.get((person, item.holding.key)) if item.key.startswith("organization.roles:") else None
    return [role] if role else [kind for (holder, _key), kind in kinds.items() if holder == person]


def _kinds(people: Collection[User], day: date) -> dict[tuple[int, str], str]:
    roles = Role.objects.filter(user__in=people, valid_from__lt=day).order_by("-valid_from", "pk")
    return {(user, str(pk)): kind for user, pk, kind in roles.values_list("user", "pk", "kind")}


def choices_for(row: Leaver, day: date) -> list[User]:
    """Whom the secretariat may choose for this leaver."""
    return Successors([row.person], day).choices(row.person, [item.holding.unit for item in row.items])
