"""Reads the workbook of the survey row by row; every fault has the address of its cell."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from apps.core.fiscal import FiscalYear
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
from apps.core.wareki import WarekiError
from apps.organization.models import Unit
from apps.organization.selectors.survey_form import HEADINGS
from apps.organization.services.workload.units import UnitLookup

# Without these a sheet is not the survey; a unit is known by its code or by its name.
NEEDED = ("task", "hours", "headcount", "routine", "core")
TOTALS = {"計", "合計", "総計", "小計", "課計", "部計", "所属計"}
MOST_HOURS = 10_000_000
MOST_HEADCOUNT = Decimal(10_000)
LONGEST = {"task": 200, "kind": 50}


@dataclass(frozen=True)
class SurveyRow:
    """One row that can be stored."""

    place: str
    unit: Unit
    task: str
    kind: str
    hours: int
    headcount: Decimal
    routine: bool
    core: bool


@dataclass
class Reading:
    """All that a workbook says: rows, faults, and the rows of sums that were passed over."""

    rows: list[SurveyRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)


def read_survey(content: bytes, year: FiscalYear) -> Reading:
    """The survey of one year. Raises WorkbookRefused where the file is no workbook or holds no survey."""
    sheet, head = _find_sheet(read_workbook(content))
    reading = Reading()
    columns = _columns(head, reading)
    if reading.faults:
        return reading
    reader = _RowReader(year, columns, UnitLookup(year), reading)
    for row in sheet.rows[head.number :]:
        reader.read(row)
    if not reading.rows and not reading.faults:
        raise WorkbookRefused(_("The sheet “%(sheet)s” has headings but no task.") % {"sheet": sheet.name})
    return reading


def _find_sheet(sheets: list[Sheet]) -> tuple[Sheet, Row]:
    """The first sheet that has the heading of the task or that of the hours."""
    if found := find_head(sheets, (HEADINGS["task"], HEADINGS["hours"])):
        return found
    words = _("No sheet has the headings of the workload survey (%(sheets)s). Take the form from this page.")
    raise WorkbookRefused(words % {"sheets": "、".join(sheet.name for sheet in sheets)})


def _columns(head: Row, reading: Reading) -> dict[str, int]:
    """Where each heading stands; missing and double ones are faults."""
    found, faults = columns_of(head, HEADINGS)
    needed = [key for key in NEEDED if key not in found]
    if "code" not in found and "unit" not in found:
        needed.append("code")
    reading.faults += [*faults, *(missing(head, HEADINGS[key]) for key in needed)]
    return found


class _RowReader(CellReader):
    """Reads row after row, collecting what can be stored and what cannot."""

    def __init__(self, year: FiscalYear, columns: dict[str, int], units: UnitLookup, reading: Reading) -> None:
        super().__init__(columns, reading.faults)
        self.year, self.units, self.reading = year, units, reading
        self.taken: dict[tuple[int, str], str] = {}

    def read(self, row: Row) -> None:
        if not any(str(self.value(row, key)).strip() for key in ("task", "kind", "hours", "headcount")):
            return
        if self.is_total(row):
            self.reading.totals.append(row.number)
            return
        faults = len(self.reading.faults)
        self.check_year(row)
        values = {key: self.cell(row, key, reads) for key, reads in READERS.items()}
        unit = self.unit(row, values["task"])
        if len(self.reading.faults) == faults and unit is not None:
            self.keep(row, unit, values)

    def cell(self, row: Row, key: str, reads: Callable[[Any], Any]) -> Any:
        try:
            return reads(self.value(row, key))
        except ValueError as error:
            self.fault(row, key, str(error))
            return None

    def is_total(self, row: Row) -> bool:
        """A row of sums: it says so in place of a unit, or in place of a task without any unit."""
        code, unit, task = (plain_word(self.value(row, key)) for key in ("code", "unit", "task"))
        return code in TOTALS or unit in TOTALS or (task in TOTALS and not code and not unit)

    def check_year(self, row: Row) -> None:
        typed = str(self.value(row, "fiscal_year")).strip()
        if not typed:
            return
        try:
            right = FiscalYear.parse(typed) == self.year
        except WarekiError:
            right = False
        if not right:
            words = _("This workbook is taken over for %(year)s; here stands “%(typed)s”.")
            self.fault(row, "fiscal_year", words % {"year": self.year, "typed": typed})

    def unit(self, row: Row, task: str | None) -> Unit | None:
        code, name = (str(self.value(row, key)).strip() for key in ("code", "unit"))
        found = self.units.find(code, name, task or "")
        if isinstance(found, Unit):
            return found
        self.fault(row, "code" if code or "unit" not in self.places else "unit", found)
        return None

    def keep(self, row: Row, unit: Unit, values: dict[str, Any]) -> None:
        key = (unit.pk, values["task"])
        place = row.address(self.places["task"])
        if first := self.taken.get(key):
            self.fault(row, "task", _("This unit has the same task in %(place)s already.") % {"place": first})
            return
        self.taken[key] = place
        self.reading.rows.append(SurveyRow(place=place, unit=unit, **values))


def _text(key: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        text = " ".join(str(value).split())
        heading = str(HEADINGS[key])
        if key == "task" and not text:
            raise ValueError(_("Write the task here."))
        if len(text) > LONGEST[key]:
            words = _("“%(heading)s” has at most %(most)d characters.")
            raise ValueError(words % {"heading": heading, "most": LONGEST[key]})
        return text

    return read


def _number(value: Any) -> Decimal | None:
    """What a person typed as a number in any width, with or without commas; None for anything else."""
    if isinstance(value, bool) or value == "":
        return None
    plain = unicodedata.normalize("NFKC", str(value)).replace(",", "").replace("，", "").strip()
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _hours(value: Any) -> int:
    number = _number(value)
    if number is None or number < 0 or number != number.to_integral_value() or number > MOST_HOURS:
        raise ValueError(_("“%(heading)s” is a whole number of 0 or more.") % {"heading": HEADINGS["hours"]})
    return int(number)


def _headcount(value: Any) -> Decimal:
    """Two decimals, as the list shows them: a formula gives more."""
    number = _number(value)
    if number is None or number < 0 or number >= MOST_HEADCOUNT:
        raise ValueError(_("“%(heading)s” is a number of 0 or more.") % {"heading": HEADINGS["headcount"]})
    return number.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _mark(key: str) -> Callable[[Any], bool]:
    def read(value: Any) -> bool:
        plain = plain_word(value)
        if plain not in YES | NO:
            raise ValueError(_("“%(heading)s” is ○ or empty.") % {"heading": HEADINGS[key]})
        return plain in YES

    return read


READERS: dict[str, Callable[[Any], Any]] = {
    "task": _text("task"),
    "kind": _text("kind"),
    "hours": _hours,
    "headcount": _headcount,
    "routine": _mark("routine"),
    "core": _mark("core"),
}
