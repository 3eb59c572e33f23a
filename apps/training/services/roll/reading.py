"""Reads the workbook of a roll row by row; every fault has the address of its cell."""

import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from apps.core.readers import (
    NO,
    YES,
    CellReader,
    Fault,
    Row,
    Sheet,
    WorkbookRefused,
    columns_of,
    find_head,
    missing,
    plain_word,
    read_workbook,
)
from apps.organization.models import User
from apps.training.choices import EnrolmentState
from apps.training.models import Session
from apps.training.selectors.enrolments import roll_of
from apps.training.selectors.invitees import plain_name, plain_number
from apps.training.selectors.roll_form import ABSENT, HEADINGS, PRESENT
from apps.training.services.roll.planning import RollLine

NEEDED = ("number", "came")
DONE = YES | {"済", "修了"}
NOT_DONE = NO | {"未", "未修了"}
CAME_WORDS = {"○", "〇", "◯", "出", "出席", "present"}
ABSENT_WORDS = {"×", "✕", "欠", "欠席", "absent"}
# The field, the least and the most it can be.
NUMBERS = {"test": ("test_score", Decimal(0), Decimal(1000)), "satisfaction": ("satisfaction", Decimal(1), Decimal(5))}


@dataclass
class RollReading:
    """All that a workbook says: lines, and faults."""

    lines: list[RollLine] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_roll(content: bytes, session: Session) -> RollReading:
    """The roll of a session. Raises WorkbookRefused where the file is no workbook or holds no roll."""
    sheet, head = _find_sheet(read_workbook(content))
    reading = RollReading()
    columns = _columns(head, reading)
    if reading.faults:
        return reading
    rows = [row for row in sheet.rows[head.number :] if not row.is_empty]
    cells = CellReader(columns, reading.faults)
    people = _People(session, [cells.value(row, "number") for row in rows])
    reader = _RowReader(columns, people, reading)
    for row in rows:
        reader.read(row)
    if not reading.lines and not reading.faults:
        raise WorkbookRefused(_("The sheet “%(sheet)s” has headings but no person.") % {"sheet": sheet.name})
    return reading


def _find_sheet(sheets: list[Sheet]) -> tuple[Sheet, Row]:
    """The first sheet that has the heading of the employee number or that of the attendance."""
    if found := find_head(sheets, [HEADINGS[key] for key in NEEDED]):
        return found
    words = _("No sheet has the headings of a roll (%(sheets)s). Take the form from the page of the roll.")
    raise WorkbookRefused(words % {"sheets": "、".join(sheet.name for sheet in sheets)})


def _columns(head: Row, reading: RollReading) -> dict[str, int]:
    """Where each heading stands; missing and double ones are faults."""
    found, faults = columns_of(head, HEADINGS)
    reading.faults += [*faults, *(missing(head, HEADINGS[key]) for key in NEEDED if key not in found)]
    return found


class _People:
    """The people whom a workbook names, and which of them are in the roll; two queries for any workbook."""

    def __init__(self, session: Session, numbers: list[Any]) -> None:
        self.in_the_roll = set(roll_of(session).order_by().values_list("person", flat=True))
        wanted = {plain_number(number) for number in numbers if number != ""}
        self.by_number = {plain_number(person.employee_number): person for person in User.objects.all()}
        self.without_zeros: dict[str, list[User]] = {}
        if wanted - set(self.by_number):
            for number, person in self.by_number.items():
                self.without_zeros.setdefault(number.lstrip("0"), []).append(person)

    def find(self, typed: Any) -> User | None:
        """Excel makes 1234 of 001234: where one person alone has such a number, it is meant."""
        plain = plain_number(typed)
        if person := self.by_number.get(plain):
            return person
        found = self.without_zeros.get(plain.lstrip("0"), []) if plain.isdigit() else []
        return found[0] if len(found) == 1 else None


class _RowReader(CellReader):
    """Reads row after row, collecting what can be stored and what cannot."""

    def __init__(self, columns: dict[str, int], people: _People, reading: RollReading) -> None:
        super().__init__(columns, reading.faults)
        self.people, self.reading = people, reading
        self.taken: dict[int, str] = {}

    def read(self, row: Row) -> None:
        if not any(str(self.value(row, key)).strip() for key in HEADINGS if key != "note"):
            return
        faults = len(self.reading.faults)
        person = self.person(row)
        values = {**self.state(row, person), **self.numbers(row)}
        if person is not None and len(self.reading.faults) == faults:
            self.reading.lines.append(RollLine(person, values, row.address(self.places["number"])))

    def person(self, row: Row) -> User | None:
        typed, name = self.value(row, "number"), str(self.value(row, "name")).strip()
        if not str(typed).strip():
            self.fault(row, "number", _("Write the employee number here."))
            return None
        person = self.people.find(typed)
        if person is None:
            self.fault(row, "number", _("Nobody has the employee number “%(number)s”.") % {"number": typed})
            return None
        if name and plain_name(name) != plain_name(person.name):
            words = _("The employee number %(number)s belongs to %(person)s, not to “%(name)s”.")
            self.fault(row, "name", words % {"number": person.employee_number, "person": person.name, "name": name})
            return None
        return self.once(row, person)

    def once(self, row: Row, person: User) -> User | None:
        if first := self.taken.get(person.pk):
            self.fault(row, "number", _("This person stands in %(place)s already.") % {"place": first})
            return None
        self.taken[person.pk] = row.address(self.places["number"])
        return person

    def state(self, row: Row, person: User | None) -> dict[str, Any]:
        """What became of the person; nothing where the cell says nothing, so that it stays as it is."""
        came, done = (plain_word(self.value(row, key)) for key in ("came", "completed"))
        words = {"heading": HEADINGS["came"], "present": PRESENT, "absent": ABSENT}
        if came and came not in CAME_WORDS | ABSENT_WORDS:
            self.fault(row, "came", _("“%(heading)s” is “%(present)s”, “%(absent)s” or empty.") % words)
            return {}
        if done not in DONE | NOT_DONE:
            self.fault(row, "completed", _("“%(heading)s” is ○ or empty.") % {"heading": HEADINGS["completed"]})
            return {}
        if done in DONE and came not in CAME_WORDS:
            self.fault(row, "completed", _("Only who was present can have completed it."))
            return {}
        if not came:
            return self.nothing_said(row, person)
        if came in ABSENT_WORDS:
            return {"state": EnrolmentState.ABSENT}
        return {"state": EnrolmentState.COMPLETED if done in DONE else EnrolmentState.ATTENDED}

    def nothing_said(self, row: Row, person: User | None) -> dict[str, Any]:
        if person is not None and person.pk not in self.people.in_the_roll:
            words = _("%(person)s is not in the roll: write whether they were present.")
            self.fault(row, "came", words % {"person": person.name})
        return {}

    def numbers(self, row: Row) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, (name, _least, _most) in NUMBERS.items():
            if key in self.places:
                try:
                    found[name] = read_number(key, self.value(row, key))
                except ValueError as error:
                    self.fault(row, key, str(error))
        return found


def read_number(key: str, typed: Any) -> Decimal | None:
    """A test score or a satisfaction as people type it; ValueError with words where it is none."""
    _name, least, most = NUMBERS[key]
    plain = unicodedata.normalize("NFKC", str(typed)).strip()
    if not plain:
        return None
    try:
        number = Decimal(plain) if not isinstance(typed, bool) else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not least <= number <= most or number != round(number, 1):
        words = _("“%(heading)s” is a number from %(least)s to %(most)s with at most one decimal.")
        raise ValueError(words % {"heading": HEADINGS[key], "least": least, "most": f"{most:,}"})
    return round(number, 1)
